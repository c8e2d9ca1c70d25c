"""Papers as BibTeX, with the fields that arXiv itself gives."""

import re
from collections.abc import Iterable, Iterator

from papers.identifier import parse
from papers.paper import Paper
from papers.text import clean

_SPECIAL = {
    **{mark: f"\\{mark}" for mark in "{}%&#_$"},
    **{"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"},
}


def bibtex(papers: Iterable[Paper]) -> str:
    """One `@misc` entry a paper, in order, keyed by its id."""
    return "\n".join(_entry(paper) for paper in papers)


def _entry(paper: Paper) -> str:
    key = re.sub(r"[^A-Za-z0-9.:/_-]", "-", paper.id)
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(paper) if value)
    return f"@misc{{{key},\n{lines}}}\n"


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "title", _escaped(clean(paper.title))
    yield "author", " and ".join(_escaped(clean(name)) for name in paper.authors)
    named = parse(paper.id)
    if named:
        yield "year", _year(named.id)
        yield "eprint", named.id
        yield "archivePrefix", "arXiv"
        yield "primaryClass", paper.categories[0] if paper.categories else ""
    yield "doi", paper.doi
    yield "url", paper.link


def _year(arxiv_id: str) -> str:
    """The year in an arXiv id, which began in 1991."""
    digits = arxiv_id.rpartition("/")[2][:2]
    return f"{19 if int(digits) > 90 else 20}{digits}"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)
