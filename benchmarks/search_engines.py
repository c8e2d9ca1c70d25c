"""Indexes to search in: Paperboy's, FTS5 as most people use it, and tantivy. Made on disk."""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import ClassVar, Protocol

import tantivy
from sqlite_utils.db import Database as Connection

from benchmarks.made_papers import Made
from papers.keyword import parse
from papers.syntax import Text
from storage import search_index
from storage.database import Database
from storage.papers import INSERT, values
from storage.search import SqliteSearch
from storage.searches import Query

SHOWN = 10  # papers a query asks for
_AT_ONCE = 2_000


class Engine(Protocol):
    """What is measured."""

    name: ClassVar[str]
    computes: ClassVar[str]

    def __init__(self, folder: Path) -> None: ...
    def build(self, papers: Iterable[Made]) -> None:
        """Make the index of the papers, numbered from 1."""

    def size(self) -> int:
        """Bytes of the index, without the papers' own texts."""

    def ask(self, query: str) -> bool:
        """Find the first SHOWN papers; False when time ran out."""


class Paperboy:
    """The search as the bot uses it, with the papers it shows read from the database."""

    name: ClassVar[str] = "Paperboy"
    computes: ClassVar[str] = "the language; the best of the newest 300"

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._database = self._loop.run_until_complete(Database.open(folder / "paperboy.db"))
        self._search = SqliteSearch(self._database)

    def build(self, papers: Iterable[Made]) -> None:
        number = 0
        for some in _batches(papers):
            rows = [(number + n, *made.row) for n, made in enumerate(some, start=1)]
            number += len(some)

            self._loop.run_until_complete(self._database.write(partial(_keep, some, rows)))

    def size(self) -> int:
        return self._loop.run_until_complete(self._database.read(_bytes))

    def ask(self, query: str) -> bool:
        wanted = Query(parse(query))
        return not self._loop.run_until_complete(self._search.find(wanted, None, 0, SHOWN)).hurried


class Fts5:
    """FTS5 with its Porter stemmer, ordered by its rank: a row for title, abstract, authors and
    categories."""

    name: ClassVar[str] = "FTS5 ORDER BY rank"
    computes: ClassVar[str] = "bm25 over all that match; Porter stems, as words and phrases only"

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.db")
        self._db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS papers USING fts5("
            "ti, abs, au, cat, content = '', tokenize = 'porter unicode61')"
        )

    def build(self, papers: Iterable[Made]) -> None:
        for some in _batches(papers):
            self._db.executemany(
                "INSERT INTO papers (ti, abs, au, cat) VALUES (?, ?, ?, ?)", map(_texts, some)
            )
            self._db.commit()

    def size(self) -> int:
        return _bytes(Connection(self._db))

    def ask(self, query: str) -> bool:
        statement = "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ?"
        self._db.execute(statement, [_fts(query), SHOWN]).fetchall()
        return True


class Tantivy:
    """tantivy with its English stemmer, ordered by bm25."""

    name: ClassVar[str] = "tantivy"
    computes: ClassVar[str] = "bm25 over all that match; English stems"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tantivy"
        self._folder.mkdir(exist_ok=True)
        builder = tantivy.SchemaBuilder()
        for name in ("ti", "abs", "au", "cat"):
            builder.add_text_field(name, stored=False, tokenizer_name="en_stem")
        self._index = tantivy.Index(builder.build(), path=str(self._folder))

    def build(self, papers: Iterable[Made]) -> None:
        writer = self._index.writer(heap_size=200_000_000, num_threads=1)
        for made in papers:
            title, abstract, authors, categories = _texts(made)
            document = tantivy.Document(ti=title, abs=abstract, au=authors, cat=categories)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def size(self) -> int:
        return sum(file.stat().st_size for file in self._folder.iterdir())

    def ask(self, query: str) -> bool:
        self._index.reload()
        searcher = self._index.searcher()
        searcher.search(self._parsed(query), SHOWN)
        return True

    def _parsed(self, query: str) -> tantivy.Query:
        if query.endswith("*"):
            parts = [(tantivy.Occur.Should, self._prefix(name, query)) for name in ("ti", "abs")]
            return tantivy.Query.boolean_query(parts)
        return self._index.parse_query(query, ["ti", "abs"], conjunction_by_default=True)

    def _prefix(self, name: str, query: str) -> tantivy.Query:
        return tantivy.Query.regex_query(self._index.schema, name, f"{query[:-1]}.*")


def _keep(papers: Sequence[Made], rows: Sequence[search_index.Row], db: Connection) -> None:
    kept = ([made.paper.id, *values(made.paper), None] for made in papers)
    db.conn.executemany(INSERT, kept)
    search_index.take_in_rows(db, rows)


def _texts(made: Made) -> tuple[str, str, str, str]:
    paper = made.paper
    categories = " ".join(paper.categories)
    return paper.title, paper.abstract, ", ".join(paper.authors), categories


def _fts(query: str) -> str:
    """The query for FTS5 (fields are written alike; what follows them is put in quotes)."""
    if query.endswith("*"):
        return f'{{ti abs}} : "{query[:-1]}" *'
    if isinstance(parse(query).tree, Text) and query.startswith('"'):
        return f"{{ti abs}} : {query}"
    parts = (part.partition(":") for part in ([query] if '"' in query else query.split()))
    return " AND ".join(
        f'{field} : "{words.strip(chr(34))}"' if colon else f'{{ti abs}} : "{field}"'
        for field, colon, words in parts
    )


def _bytes(db: Connection) -> int:
    """What the tables of FTS5 hold; their pages are nearly full."""
    names = db.execute("SELECT name FROM sqlite_master WHERE name GLOB '*_data'").fetchall()
    sizes = (f"SELECT sum(length(block)) FROM {name}" for (name,) in names)  # noqa: S608 (ours)
    return sum(db.execute(size).fetchone()[0] for size in sizes)


def _batches(papers: Iterable[Made]) -> Iterator[list[Made]]:
    rest = iter(papers)
    return iter(lambda: list(islice(rest, _AT_ONCE)), [])
