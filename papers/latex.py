"""LaTeX as authors type it into titles and abstracts, read into Unicode. pylatexenc, confined.

pylatexenc is made for whole documents; what it does to fragments is set right here: a raw `%` is no
comment, a lone `$` is money, spaces after text macros stay, spaces in formulas after a macro go,
sub- and superscripts become Unicode ones where there are any, and a macro it does not know
(`\\method`, left behind by an author's preamble) keeps its name, or its argument.

It is slow, as it looks at every character by itself, and is given only the pieces that need it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexMacroNode
from pylatexenc.latexwalker import get_default_latex_context_db as get_parser_context_db
from pylatexenc.macrospec import LatexContextDb

from papers.latex_pieces import pieces

_TIE = re.compile(
    r"(?<!\\)~(?!\d)|(?<=[^\s(\[=:\\])~"
)  # other tildes are the authors': "~10 hours"
_LETTER = re.compile(r"(\\(?:aa|AA|ae|AE|oe|OE|o|O|l|L|ss|i|j))\s+(?=[A-Za-z])")  # Sk\o vgaard
_NESTING = 12  # Deeper groups are no typesetting but an accident or an attack.
_TEX = re.compile(r"[\\${}^_]")
_SYNTAX = re.compile(r"[\\${}]")
_MARKS = {
    r"\%": "%",
    r"\&": "&",
    r"\#": "#",
    r"\_": "_",
    "``": "“",
    "''": "”",
    "---": "—",
    "--": "–",
    "!`": "¡",
    "?`": "¿",
}
_MARK = re.compile("|".join(map(re.escape, _MARKS)))
_DOLLARS = re.compile(r"(?:[^$\\]|\\.|\\\Z)*(?P<opening>\$\$?)?", re.DOTALL)
_MONEY = re.compile(r"\d[\d.,]*[^$\\^_={}]*\s[^$\\^_={}]*")
_SPACED = re.compile(r"(?<=\s)(\\[A-Za-z]+)\s+(?=\S)")  # "x \in X" has room on both sides
_RAISED = re.compile(r"\^(?:\{([-+0-9n]{1,8})\}|([0-9n](?![A-Za-z])))")
_LOWERED = re.compile(r"_(?:\{([-+0-9]{1,8})\}|([0-9]))")
_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_FUNCTIONS = (
    "arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker "
    "lg lim liminf limsup ln log max min mod Pr sec sin sinh sup tan tanh"
).split()
_READINGS = {
    **{name: f" {name} " for name in _FUNCTIONS},
    **dict.fromkeys(("cite", "citep", "citet", "ref", "eqref", "label", "color", "xspace"), ""),
    **dict.fromkeys(("noindent", "displaystyle", "footnotemark", "-"), ""),
    **dict.fromkeys(
        "em it bf sc rm tt sl sf cal small large bfseries itshape normalfont".split(), ""
    ),
    **dict.fromkeys((" ", ",", ";", ":", "quad", "qquad", "space", "\\", "newline"), " "),
    **{"eg": "e.g.", "ie": "i.e.", "etal": "et al.", "etc": "etc.", "vs": "vs.", "wrt": "w.r.t."},
    **{"LaTeX": "LaTeX", "TeX": "TeX", "textregistered": "®", "texttrademark": "™"},
    **{"textless": "<", "textgreater": ">", "degree": "°", "deg": "°", "textdegree": "°"},
    **{"varnothing": "∅", "item": "• ", "textasciitilde": "~", "textasciicircum": "^"},
    **{"gtrsim": "≳", "lesssim": "≲", "circledR": "®", "mid": "|"},
}


def read(text: str) -> str:
    """`text` with its LaTeX as Unicode. Never raises; text without LaTeX comes back as it is."""
    plain = _MARK.sub(lambda m: _MARKS[m[0]], _untied(text))
    if not _TEX.search(plain):
        return plain  # the parser takes milliseconds, and most texts don't need it
    prepared = _prepare(text)
    if _nesting(prepared) > _NESTING:
        return strip(text)
    try:
        result = "".join(map(parsed, pieces(prepared, arities())))
    except Exception:
        # A parser made for whole documents fails on broken fragments in many ways (IndexError,
        # KeyError, RecursionError, its own); whichever it was, the words are what matters.
        return strip(text)
    return unicodedata.normalize("NFC", result.replace("^∘", "°"))


@lru_cache(maxsize=16_384)
def parsed(piece: str) -> str:
    """What pylatexenc makes of a piece of LaTeX that is ready for it; raises what it likes."""
    if not _SYNTAX.search(piece):
        return _MARK.sub(lambda m: _MARKS[m[0]], piece)
    words: str = _reader().latex_to_text(piece, latex_context=_grammar())
    return words


@cache
def arities() -> dict[str, int]:
    """How many arguments each macro must have that pylatexenc knows."""
    known = _grammar().iter_macro_specs()
    return {each.macroname: str(each.args_parser.argspec or "").count("{") for each in known}


def strip(text: str) -> str:
    """`text` without its LaTeX marks: the words, when they can't be read properly."""
    return re.sub(r"\\[A-Za-z]+\*?|[\\{}$]", " ", text)


def _prepare(text: str) -> str:
    """Mend what authors mean otherwise than TeX would: `5%`, `R&D`, `~10 hours`, `costs $5`."""
    text = re.sub(r"(?<!\\)([%&#])", r"\\\1", text)
    text = re.sub(r"(?<!\\)~", r"\\textasciitilde{}", _untied(text))
    text = _LETTER.sub(r"\1{}", text)
    text = re.sub(r"\\[dst]frac\b", r"\\frac", text)
    text = "".join(_paired(text))
    text = _RAISED.sub(lambda m: (m[1] or m[2]).translate(_SUPERSCRIPTS), text)
    return _LOWERED.sub(lambda m: (m[1] or m[2]).translate(_SUBSCRIPTS), text)


def _untied(text: str) -> str:
    return _TIE.sub(" ", text) if "~" in text else text


def _paired(text: str) -> Iterator[str]:
    """`text` in pieces, a backslash put before each dollar that stands for money."""
    place = 0
    while place < len(text):
        found = _DOLLARS.match(text, place)
        assert found is not None  # the pattern matches anything, if only nothing
        yield text[place : found.start("opening")] if found["opening"] else found[0]
        place = found.end()
        if found["opening"]:
            closing = text.find(found["opening"], place)
            if closing < 0 or _MONEY.fullmatch(text, place, closing):
                yield "\\$"
            else:
                formula = text[found.start("opening") : closing + len(found["opening"])]
                yield _SPACED.sub(r"\1\\ ", formula)
                place = closing + len(found["opening"])


def _nesting(text: str) -> int:
    """How deep groups and environments may be nested in `text`, at most."""
    deepest = depth = 0
    for mark in re.findall(r"[{}]|\\begin\b|\\end\b|\\[\[(]|\\[\])]", text):
        depth += -1 if mark in ("}", "\\end", "\\]", "\\)") else 1
        deepest = max(deepest, depth)
    return deepest


def _unknown(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    """A macro from an author's own preamble: its arguments if it has any, else its name.

    (pylatexenc recognises the second parameter by its name.)
    """
    arguments = _arguments(node, l2tobj)
    if arguments or not node.macroname.isalpha():
        return "".join(arguments)
    rest = node.parsing_state.s[node.pos + node.len :]
    takes_group = rest.startswith("{") and not rest.startswith("{}")
    return "" if takes_group else f"{node.macroname}{node.macro_post_space}"


def _fraction(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    parts = (part.strip() for part in _arguments(node, l2tobj))
    return "/".join(f"({part})" if re.search(r"[-+ ]", part) else part for part in parts)


def _last(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    return "".join(_arguments(node, l2tobj)[-1:])


def _aside(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    return "".join(f" ({part})" for part in _arguments(node, l2tobj)[-1:])


def _arguments(node: LatexMacroNode, reader: LatexNodes2Text) -> list[str]:
    given = node.nodeargd.argnlist if node.nodeargd else None
    return [reader.nodelist_to_text([part]) for part in given or [] if part is not None]


_WITH_ARGUMENTS = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "nicefrac", "sfrac"), _fraction),
    **dict.fromkeys(("textcolor", "colorbox", "hyperlink", "href", "url"), _last),
    **dict.fromkeys("left right big Big bigl bigr Bigl Bigr bigg Bigg".split(), ""),
    "footnote": _aside,
}


@cache
def _grammar() -> LatexContextDb:
    """What macros take; pylatexenc would put it together anew for each piece."""
    return get_parser_context_db()


@cache
def _reader() -> LatexNodes2Text:
    vocabulary = get_default_latex_context_db()
    readings = [
        MacroTextSpec(name, simplify_repl=reading)
        for name, reading in (_READINGS | _WITH_ARGUMENTS).items()
    ]
    vocabulary.add_context_category("abstracts", macros=readings, prepend=True)
    vocabulary.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_unknown))
    loose = {"between-macro-and-chars": False, "between-latex-constructs": True}
    maths = {"between-macro-and-chars": True, "between-latex-constructs": True}
    return LatexNodes2Text(
        latex_context=vocabulary,
        math_mode="text",
        keep_comments=True,
        strict_latex_spaces={**loose, "after-comment": False, "in-equations": maths},
    )
