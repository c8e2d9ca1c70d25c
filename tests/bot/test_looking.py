"""The commands that look for papers, as a person or a script runs them."""

import json
import sqlite3
from pathlib import Path

import pytest

from bot.files import ingest_all, read_digest
from bot.indexing import mend
from storage.sqlite import open_store
from tests.bot.test_cli import paperboy
from tests.data import DIGEST


@pytest.fixture
async def db(tmp_path: Path) -> Path:
    path = tmp_path / "x.db"
    await ingest_all(path, [read_digest(DIGEST)])
    return path


async def test_match_gives_the_papers_of_a_digest_or_the_newest_day_best_first(db: Path) -> None:
    asked = ("match", "ti:detection", "lidar -survey", "--json")
    ran = await paperboy(*asked, "--digest", DIGEST)
    papers = json.loads(ran.out)["papers"]
    assert len(papers) > 2
    assert "2002.10217" in [paper["id"] for paper in papers]
    for paper in papers:
        for hit in paper["hits"]:
            assert hit["keyword"] in ("ti:detection", "lidar -survey")
            assert hit["words"] == [_title(paper)[a:b] for a, b in hit["spans"]] or (
                hit["field"] == "abstract"
            )
    assert (await paperboy(*asked, "--db", db)).out == ran.out
    plain = await paperboy("match", "lidar", "--digest", DIGEST)
    assert plain.out.startswith("2002.10217  Automatic Estimation of Sphere Centers")


def _title(paper: dict[str, str]) -> str:
    return paper["title"]


async def test_search_finds_in_all_papers_and_says_if_there_are_more(db: Path) -> None:
    ran = await paperboy("search", "network", "--limit", "3", "--json", "--db", db)
    told = json.loads(ran.out)
    assert (len(told["papers"]), told["more"]) == (3, True)
    assert "more than these 3 match" in ran.err
    everything = await paperboy("search", "the", "--newest", "--limit", "500", "--db", db)
    assert len(everything.out.splitlines()) > 60
    assert everything.err == ""
    since = await paperboy("search", "network", "--since", "2020-02-26", "--json", "--db", db)
    assert json.loads(since.out) == {"papers": [], "more": False}
    on_the_day = await paperboy("search", "network", "--since", "2020-02-25", "--db", db)
    assert on_the_day.out
    other = await paperboy("search", "network", "--category", "math", "--db", db)
    assert (other.code, other.out) == (0, "")


async def test_explain_says_what_matched_or_why_not(db: Path) -> None:
    link = "https://arxiv.org/abs/2002.10187v1"
    ran = await paperboy("explain", "ti:detector", link, "--db", db)
    assert ran.out.splitlines()[1:] == ["matches", "  in title: Detector"]
    ran = await paperboy("explain", "lidar", link, "--digest", DIGEST)
    assert (ran.code, ran.out.splitlines()[1]) == (
        1,
        "does not match: no `lidar` in title or abstract",
    )
    told = json.loads((await paperboy("explain", "lidar", link, "--json", "--db", db)).out)
    assert told["matched"] is False
    assert told["reason"] == "no `lidar` in title or abstract"


@pytest.mark.parametrize("words", [("match", "a foo:bar"), ("search", "a foo:bar")])
async def test_a_refused_keyword_is_told_once_with_its_place(words: tuple[str, ...]) -> None:
    ran = await paperboy(*words)
    assert ran.code == 2
    assert ran.err.endswith("\na foo:bar\n  ^\n")
    assert ran.err.count("Unknown field") <= 1


async def test_explain_names_what_is_missing(db: Path) -> None:
    ran = await paperboy("explain", "lidar", "1706.03762", "--db", db)
    assert (ran.code, ran.out) == (1, "")
    assert "1706.03762 is not in" in ran.err
    assert (await paperboy("explain", "(", "1706.03762", "--db", db)).code == 2


async def test_index_finds_damage_and_makes_it_good(db: Path) -> None:
    assert (await paperboy("index", "--db", db)).out == (
        "70 of 70 papers are in the index; it is sound\n"
    )
    damage(db)
    checked = await paperboy("index", "--check", "--json", "--db", db)
    assert (checked.code, json.loads(checked.out)["fault"]) == (1, "it is damaged")
    rebuilt = await paperboy("index", "--rebuild", "--db", db)
    assert (rebuilt.code, rebuilt.err) == (0, "70 of 70 papers\n")
    assert "it is sound" in (await paperboy("index", "--db", db)).out
    assert (await paperboy("search", "lidar", "--db", db)).out


def damage(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("UPDATE words_0_data SET block = zeroblob(length(block)) WHERE id > 100")
    connection.commit()
    connection.close()


async def test_papers_that_the_index_lacks_are_taken_in_at_the_start(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("DROP TABLE words_0")
    connection.execute("UPDATE search_state SET through = 0, version = 0")
    connection.commit()
    connection.close()
    ran = await paperboy("search", "lidar", "--db", db)
    assert ran.out == ""
    assert "it lacks 70 papers; see `paperboy index`" in ran.err
    store = await open_store(db)
    await mend(store.search)
    assert (await store.search.check(whole=True)).sound
    await store.close()


async def test_an_index_out_of_step_is_made_anew_at_the_start(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("DROP TABLE words_0")
    connection.commit()
    connection.close()
    store = await open_store(db)
    assert (await store.search.check()).fault == "it is out of step with the papers"
    await mend(store.search)
    assert (await store.search.check(whole=True)).sound
    await store.close()
