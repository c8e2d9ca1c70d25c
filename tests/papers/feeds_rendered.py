"""Real days of arXiv rendered as the feeds that it serves: Atom, RSS 2.0, and its refusals.

The days are those of the cs.CV mirror in SHARED; the shape is that of the real feeds beside it. The
mirror knows no versions, so new papers and cross-lists are first versions and replacements second.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from tests.data import SHARED

MIRROR = SHARED / "corpus" / "cscv_mirror_2026-04"
_SPACES = 'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_LICENCE = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"


@dataclass(frozen=True)
class Listed:
    """One line of a day's list, as the mirror has it, in the words of the feed."""

    id: str
    title: str
    abstract: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    type: str = "new"
    doi: str = ""

    @property
    def version(self) -> int:
        """1, or 2 for replacements: the mirror doesn't tell."""
        return 2 if self.type.startswith("replace") else 1

    @property
    def head(self) -> str:
        """The summary as arXiv writes it, with the blank before the line break."""
        announced = f"arXiv:{self.id}v{self.version} Announce Type: {self.type} \n"
        return f"{announced}Abstract: {self.abstract}"


def mirror() -> dict[date, tuple[Listed, ...]]:
    """The 18 days of the mirror in order, weekends with nothing listed."""
    return {date.fromisoformat(path.stem): _listed(path.read_bytes()) for path in _files()}


def atom(day: date, papers: Iterable[Listed], category: str = "cs.CV") -> bytes:
    """The Atom feed of `category` as served on `day` (US Eastern)."""
    made = _midnight(day).astimezone(UTC).replace(second=19, microsecond=866337).isoformat()
    link = f"http://rss.arxiv.org/atom/{category}"
    entries = "".join(_atom_entry(day, made, paper) for paper in papers)
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed {_SPACES} xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>{link}</id>
  <title>{_titled(category)} updates on arXiv.org</title>
  <updated>{made}</updated>
  <link href="{link}" rel="self" type="application/atom+xml"/>
  <subtitle>{_titled(category)} updates on the arXiv.org e-print archive.</subtitle>
{entries}</feed>
""".encode()


def rss(day: date, papers: Iterable[Listed], category: str = "cs.CV") -> bytes:
    """The RSS 2.0 feed of `category` as served on `day` (US Eastern)."""
    made = format_datetime(_midnight(day).astimezone(UTC))
    link = f"http://rss.arxiv.org/rss/{category}"
    items = "".join(_rss_item(day, paper) for paper in papers)
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss {_SPACES} xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>{_titled(category)} updates on arXiv.org</title>
    <link>{link}</link>
    <description>{_titled(category)} updates on the arXiv.org e-print archive.</description>
    <atom:link href="{link}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>{made}</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>{format_datetime(_midnight(day))}</pubDate>
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>
{items}  </channel>
</rss>
""".encode()


def refusal(query: str) -> bytes:
    """The feed without entries that arXiv sends with HTTP 400 when it doesn't know `query`."""
    link = "http://rss.arxiv.org/atom/"
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed {_SPACES} xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>{link}{escape(query)}</id>
  <title>Feed error for query: {link}{escape(query)}</title>
  <updated>2026-04-20T14:00:00.000000+00:00</updated>
  <link href="{link}{escape(query)}" rel="self" type="application/atom+xml"/>
  <subtitle>Bad archive '{escape(query)}'.</subtitle>
</feed>
""".encode()


def _atom_entry(day: date, made: str, paper: Listed) -> str:
    terms = "".join(f"    <category term={quoteattr(name)}/>\n" for name in paper.categories)
    return f"""  <entry>
    <id>oai:arXiv.org:{paper.id}v{paper.version}</id>
    <title>{escape(paper.title)}</title>
    <updated>{made}</updated>
    <link href="https://arxiv.org/abs/{paper.id}" rel="alternate" type="text/html"/>
    <summary>{escape(paper.head)}</summary>
{terms}    <published>{_midnight(day).isoformat()}</published>
{_extension(paper)}  </entry>
"""


def _rss_item(day: date, paper: Listed) -> str:
    terms = "".join(f"      <category>{escape(name)}</category>\n" for name in paper.categories)
    return f"""    <item>
      <title>{escape(paper.title)}</title>
      <link>https://arxiv.org/abs/{paper.id}</link>
      <description>{escape(paper.head)}</description>
      <guid isPermaLink="false">oai:arXiv.org:{paper.id}v{paper.version}</guid>
{terms}      <pubDate>{format_datetime(_midnight(day))}</pubDate>
{_extension(paper)}    </item>
"""


def _extension(paper: Listed) -> str:
    doi = f"      <arxiv:DOI>{escape(paper.doi)}</arxiv:DOI>\n" if paper.doi else ""
    return f"""      <arxiv:announce_type>{paper.type}</arxiv:announce_type>
      <dc:rights>{_LICENCE}</dc:rights>
{doi}      <dc:creator>{escape(", ".join(paper.authors))}</dc:creator>
"""


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo("America/New_York"))


def _titled(category: str) -> str:
    return escape(category.replace("+", ", "))


def _files() -> list[Path]:
    return sorted(MIRROR.glob("*.json"))


def _listed(data: bytes) -> tuple[Listed, ...]:
    return tuple(
        Listed(
            paper["arxiv_id"],
            paper["title"],
            paper["abstract"],
            tuple(paper["authors"]),
            tuple(paper["categories"]),
            paper["announce_type"],
        )
        for paper in json.loads(data)["papers"]
    )
