"""The Markdown digest, read and written: one heading, then per paper a title line and an abstract.

    # ArXiv cs.CV --Tue, 25 Feb 2020
    ### 1.A Title  [ :arrow_down: ](https://arxiv.org/pdf/2002.10434.pdf)
    >  The abstract on one line, or over several that each begin with `>`.

Titles and abstracts are kept as received but for the white space around them, so that writing what
was read gives the same bytes. What can't be read is told, line by line, and never loses the rest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from papers import identifier
from papers.digest import Announcement, Digest, Problem
from papers.errors import DigestError
from papers.paper import Paper

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEADING = re.compile(
    r"#\s*ArXiv\s+(?P<category>\S.*?)(?:\s*--+|\s*[–—:]|\s+-)\s*(?P<day>\S.*?)\s*", re.IGNORECASE
)
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<month>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})"
    ),
    re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=\w)")
_ENTRY = re.compile(r"#{2,6}\s*(?P<position>\d{1,9})\s*\.(?P<rest>.*)")
_LINKED = re.compile(r"(?P<title>.*?)\s*\[[^\[\]]*\]\(\s*(?P<link>[^()\s]*)\s*\)\s*")
_LONGEST_TITLE = 2000  # characters; keeps the patterns' work small whatever comes
_QUOTED = re.compile(r"\s*>(?P<text>.*)")


def parse(data: bytes) -> Digest:
    """The digest in `data` (UTF-8, or UTF-16 with its mark), with a Problem for each bad line.

    Raises DigestError when there is no heading that tells the category and the day.
    """
    text, problems = _decoded(data)
    lines = list(enumerate(re.split(r"\r\n|\r|\n", text), start=1))
    start = next((n for n, line in lines if line.strip()), 1)
    category, day = _heading(lines[start - 1][1], start)
    reader = _Reader(problems)
    for number, line in lines[start:]:
        reader.read(number, line)
    return Digest(
        category=category,
        day=day,
        announcements=tuple(reader.announcements()),
        problems=tuple(sorted(reader.problems, key=lambda problem: problem.line)),
        heading=lines[start - 1][1].rstrip(),
    )


def render(digest: Digest) -> str:
    """The Markdown of `digest`, as `parse` reads it; ends with a line break."""
    heading = digest.heading or f"# ArXiv {digest.category} --{digest.day:%a, %d %b %Y}"
    return "".join(f"{line}\n" for line in (heading, *_lines(digest.announcements)))


def _lines(announcements: Iterable[Announcement]) -> Iterator[str]:
    for announcement in announcements:
        paper, version = announcement.paper, announcement.version
        link = f"https://arxiv.org/pdf/{paper.id}{f'v{version}' if version else ''}.pdf"
        title = " ".join(paper.title.splitlines())
        yield f"### {announcement.position}.{title}  [ :arrow_down: ]({link})"
        for line in paper.abstract.split("\n") if paper.abstract else ():
            yield f">  {line} "


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(line, "these bytes are not UTF-8", repr(error.object[error.start :][:20]))
        return data.decode("utf-8-sig", errors="replace"), [problem]


def _heading(line: str, number: int) -> tuple[str, date]:
    found = _HEADING.fullmatch(line.strip()) if len(line) <= _LONGEST_TITLE else None
    day = found and _day(found["day"])
    if not found or not day:
        raise DigestError(
            f"line {number}: {line.strip()[:80]!r} is no digest heading; "
            "it should read like '# ArXiv cs.CV --Tue, 25 Feb 2020'"
        )
    return found["category"], day


def _day(text: str) -> date | None:
    """The day in `text`: `Tue, 25 Feb 2020`, `25 February 2020`, `Feb 25, 2020`, `2020-02-25`."""
    bare = _WEEKDAY.sub("", text.lower(), count=1)
    found = next(filter(None, (pattern.fullmatch(bare) for pattern in _DATES)), None)
    if not found:
        return None
    month = found["month"]
    number = int(month) if month.isdigit() else _month(month)
    try:
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else 0


@dataclass
class _Entry:
    line: int
    announcement: Announcement
    abstract: list[str] = field(default_factory=list)


class _Reader:
    """Takes the lines below the heading one by one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self._entries: dict[str, _Entry] = {}
        self._abstract: list[str] | None = None  # where lines of an abstract go, if anywhere

    def read(self, number: int, line: str) -> None:
        """Take one line; whatever can't be read of it becomes a Problem."""
        if entry := _ENTRY.fullmatch(line.strip()):
            self._abstract = self._entry(number, line, int(entry["position"]), entry["rest"])
        elif (quoted := _QUOTED.fullmatch(line)) and self._abstract is not None:
            self._abstract.append(quoted["text"].strip())
        elif line.strip() and self._abstract:
            self._abstract.append(line.strip())  # Markdown lets a quote go on without its mark
        elif line.strip():
            self._problem(number, "this line belongs to no entry", line)

    def announcements(self) -> Iterator[Announcement]:
        """What was read, in order."""
        for entry in self._entries.values():
            told = entry.announcement
            paper = Paper(told.paper.id, told.paper.title, "\n".join(entry.abstract).strip())
            yield Announcement(told.position, paper, told.type, told.version)

    def _entry(self, number: int, line: str, position: int, rest: str) -> list[str]:
        """Where the abstract of the entry on this line goes (nowhere, if the entry is bad)."""
        found = _LINKED.fullmatch(rest.strip()) if len(rest) <= _LONGEST_TITLE else None
        named = identifier.parse(found["link"]) if found else None
        if not found or not named:
            self._problem(number, "no arXiv link at the end of this entry's title", line)
        elif not found["title"].strip():
            self._problem(number, "this entry has no title", line)
        elif named.id in self._entries:
            first = self._entries[named.id].line
            self._problem(number, f"{named.id} was already announced on line {first}", line)
        else:
            paper = Paper(named.id, found["title"].strip())
            told = Announcement(position, paper, version=named.version)
            self._entries[named.id] = _Entry(number, told)
            return self._entries[named.id].abstract
        return [""]

    def _problem(self, number: int, reason: str, line: str) -> None:
        self.problems.append(Problem(number, reason, line.strip()[:200]))
