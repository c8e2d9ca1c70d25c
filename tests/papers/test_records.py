"""JSON Lines of papers: both shapes, every line of the real file, resumed anywhere, and abused."""

import gzip
import io
import json
import tracemalloc
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import records
from papers.digest import Problem
from papers.paper import Paper
from papers.records import RecordsError
from tests.data import SHARED

CORPUS = SHARED / "corpus" / "arxiv-74728.jsonl.gz"
SAMPLE = SHARED / "corpus" / "sample_2000.jsonl"
SNAPSHOT = {
    "id": "0704.0001",
    "submitter": "A. Person",
    "authors": "C. Bal\\'azs, E. L. Berger (Argonne), P. M. Nadolsky, Jr.",
    "title": "Calculation of prompt\n  production",
    "comments": "37 pages",
    "journal-ref": "Phys.Rev.D76:013009,2007",
    "doi": "10.1103/PhysRevD.76.013009",
    "categories": "hep-ph math.IT",
    "abstract": "  A calculation with $a<b$.\n",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
    "update_date": "2008-11-26",
    "authors_parsed": [
        ["Balázs", "C.", ""],
        ["Berger", "E. L.", "", "Argonne"],
        ["Nadolsky", "P. M.", "Jr."],
    ],
}


def read(data: bytes, **places: int) -> list[records.Record]:
    return list(records.read(io.BytesIO(data), **places))


def lines(*values: Any) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def test_every_line_of_the_real_file_is_a_paper_as_it_stands_there() -> None:
    count = 0
    with CORPUS.open("rb") as packed, gzip.open(CORPUS) as plain:
        for record, line in zip(records.read(packed), plain, strict=True):
            expected, count = json.loads(line), count + 1
            assert isinstance(record.found, Paper)
            assert (record.line, record.found.id) == (count, expected["id"])
            assert record.found.title == expected["title"].strip()
            assert record.found.abstract == expected["summary"].strip()
            assert record.found.categories == tuple(dict.fromkeys(expected["categories"]))
            assert record.found.comment == (expected["comment"] or "").strip()
            assert len(record.found.authors) == len(expected["authors"])
    assert count == 74_728


def test_the_metadata_snapshot_s_shape_is_read() -> None:
    ((line, found, _),) = read(lines(SNAPSHOT))
    assert (line, found) == (
        1,
        Paper(
            id="0704.0001",
            title="Calculation of prompt\n  production",
            abstract="A calculation with $a<b$.",
            authors=("C. Balázs", "E. L. Berger", "P. M. Nadolsky Jr."),
            categories=("hep-ph", "math.IT"),
            comment="37 pages",
            doi="10.1103/PhysRevD.76.013009",
        ),
    )


def test_without_parsed_authors_the_one_string_is_split() -> None:
    ((_, found, _),) = read(lines({**SNAPSHOT, "authors_parsed": None}))
    assert isinstance(found, Paper)
    assert found.authors == ("C. Balázs", "E. L. Berger", "P. M. Nadolsky Jr.")


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        (["cs.CV", "I.2.10; I.4.8", "68T45", "cs.CV"], ("cs.CV", "I.2.10; I.4.8", "68T45")),
        ("cs.CV  eess.IV", ("cs.CV", "eess.IV")),
        (None, ()),
        ([1, None, " cs.CV "], ("cs.CV",)),
    ],
)
def test_categories_are_a_list_or_a_string_and_may_hold_other_codes(
    categories: object, expected: tuple[str, ...]
) -> None:
    ((_, found, _),) = read(lines({"id": "2604.14630", "title": "T", "categories": categories}))
    assert isinstance(found, Paper)
    assert found.categories == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not a JSON object"),
        (b"\xff\xfe\xff", "not a JSON object"),
        (b"[1]", "another kind of value"),
        (b"null", "another kind of value"),
        (b"{}", "no id"),
        (b'{"id": "cats"}', "no arXiv id: 'cats'"),
        (b'{"id": 2604.1463, "title": "T"}', "no id"),
        (b'{"id": "2604.14630", "title": " "}', "2604.14630 has no title"),
        (b"[" * 100_000, "not a JSON object"),
        (b"9" * 10_000, "not a JSON object"),
        (b" " * 4_000_001, "longer than 4,000,000 bytes"),
        (b'{"id": "' + b"9" * 9_000_000 + b'"}', "longer than 4,000,000 bytes"),
    ],
    ids=range(12),
)
def test_a_bad_line_is_told_and_never_stops_the_rest(line: bytes, reason: str) -> None:
    good = lines(SNAPSHOT)
    first, bad, last = read(good + line + b"\r\n\n" + good)
    assert isinstance(bad.found, Problem)
    assert (bad.line, bad.found.line) == (2, 2)
    assert reason in bad.found.reason
    assert len(bad.found.text) <= 200
    assert (first.line, last.line) == (1, 4)
    assert first.found == last.found


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_reading_goes_on_from_any_record_as_if_never_interrupted(pack: Any) -> None:
    text = SAMPLE.read_bytes()[:300_000] + b'\n\n{"bad\n' + lines(SNAPSHOT)
    whole = read(pack(text))
    assert whole[-1].end == len(text)
    for at in range(0, len(whole), 13):
        resumed = read(pack(text), line=whole[at].line, offset=whole[at].end)
        assert resumed == whole[at + 1 :]


def test_gzip_of_several_members_and_with_padding_is_read_whole() -> None:
    one = lines(SNAPSHOT)
    assert len(read(gzip.compress(one) + gzip.compress(one[:50]) + gzip.compress(one[50:]))) == 2
    assert len(read(gzip.compress(one) + b"\0" * 512)) == 1


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (gzip.compress(SAMPLE.read_bytes()[:300_000])[:-9], "cut off"),
        (gzip.compress(lines(SNAPSHOT)) + b"rubbish", "damaged"),
        (gzip.compress(lines(SNAPSHOT))[:10] + b"\xff" * 30, "damaged"),
    ],
)
def test_damaged_gzip_is_told_after_what_came_before_it(data: bytes, match: str) -> None:
    got: list[records.Record] = []
    with pytest.raises(RecordsError, match=match):
        got.extend(records.read(io.BytesIO(data)))


def test_a_gzip_bomb_of_one_endless_line_takes_little_memory() -> None:
    pack = zlib.compressobj(9, wbits=31)
    bomb = b"".join(pack.compress(b"a" * 1_000_000) for _ in range(300)) + pack.flush()
    tracemalloc.start()
    ((_, found, end),) = read(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, Problem)
    assert end == 300_000_000
    assert peak < 16_000_000


@given(st.binary(max_size=500), st.booleans())
def test_no_bytes_make_it_raise_anything_else(data: bytes, packed: bool) -> None:
    with suppress(RecordsError):
        for record in read(gzip.compress(data) if packed else data):
            assert record.found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(SNAPSHOT, JSON)))
def test_fields_of_any_kind_make_a_paper_or_a_problem(record: dict[str, object]) -> None:
    ((_, found, _),) = read(lines({"id": "2604.14630", "title": "T", **record}))
    assert isinstance(found, Paper | Problem)
    repr(found).encode()
