"""Top-level domains after which Telegram makes a bare name a link: countries and common ones."""

_COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv
bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es
et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu
id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt
lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no
np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si
sj sk sl sm sn so sr st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us
uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
"""
_GENERIC = """
academy aero agency app arpa art asia bank bar best bet biz blog business buzz cafe camp care cash
cat center chat city click cloud club codes coffee college com community company computer cool
coop courses data dev digital direct directory edu education email energy engineering estate
events exchange expert family fan farm finance fit foundation fun fund fyi games gallery global
gold google gov green group guide guru health help host hosting house how info ink institute int
international jobs kitchen land legal life link live lol love market marketing media menu mil mobi
money museum name net network news ngo ninja one online org page partners party photo photos
photography pics place plus post press pro productions properties pub radio ren report review
reviews rocks run sale school science services shop show site social software solar solutions
space store stream studio study support swiss systems tax team tech technology tel tips today
tools top town toys trade training travel university uno video vip vision watch web website wiki
win wine work works world wtf xxx xyz yoga zone
"""
COMMON = frozenset((_COUNTRIES + _GENERIC).split())
