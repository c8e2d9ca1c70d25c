"""The search finds what the matcher finds: by the language's cases, and by keywords made at random.

Matcher, search and definition agree on a million pairs of a keyword and a paper: ten seeds with 200
keywords each on 500 real papers. PAPERBOY_SEEDS says how many seeds there are.
"""

import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from papers.bits import ones
from papers.errors import KeywordError
from papers.keyword import Keyword, parse
from papers.matching import index
from papers.paper import Paper
from storage.account import Mark
from storage.searches import Query
from storage.sqlite import open_store
from storage.store import Store
from tests.papers.definition import Document
from tests.papers.generated import Generator, sample
from tests.papers.test_language import CASES, paper

SEEDS = range(int(os.environ.get("PAPERBOY_SEEDS", "10")))
KEYWORDS = 200
TEXTS = list(dict.fromkeys(text for _, found, missed in CASES for text in found + missed))
STRANGE = [  # compounds in all places, so that phrases go through their joined forms
    "A: real-time multi-scale detection",
    "A: a realtime multi scale detection of U-Net-like nets, U-N et",
    "T: Zero-Shot-Learning with zeroshot learning A: zero shot-learning",
    "A: GPs and CNNs for few-shot/one-shot GPS learning",
    "A: f-ew shot object de-tection, ob/ject detection",
    "T: U-Net few-shot A: deep U-Nets few-shot multi-scale/real-time IoUs",
]
PHRASES = [
    '"real time"',
    '"realtime multiscale"',
    '"real-time multi-scale detection"',
    '"multiscale detection"',
    '"zero-shot learning"',
    '"zeroshot learning"',
    '"shotlearning"',
    "zero-shot-learning",
    '"zero shot-learning"',
    '"few shot"',
    '"object detection"',
    '"gps and cnns"',
    '"gp and cnn"',
    '"fewshot oneshot"',
    "u-net-like",
    '"unet like"',
    '-"object detection" shot',
    '="GPs and CNNs"',
    '="U-Net-like nets"',
    "realt*",
    "zeroshotl*",
    "ti:zeroshot",
    "abs:zeroshot",
    '"unet few shot"',
    '"net fewshot"',
    '"deep unet fewshot multi"',
    '"fewshot multi scale realtime iou"',
    '"realtime ious"',
    'ti:"u net fewshot"',
    'ti:="U-Net few"',
]
PARTS = "u net nets few shot GPs CNNs IoUs scale multi gp unet fewshot the iou ious GPS".split()


async def kept(folder: Path, papers: Sequence[Paper]) -> Store:
    store = await open_store(folder / "paperboy.db")
    await store.archive.add("papers", papers, Mark())
    return store


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found must not depend on how busy this machine is."""
    monkeypatch.setattr("storage.search._FINDING", 60)


@pytest.fixture
async def cases(tmp_path: Path) -> AsyncIterator[Store]:
    texts = [*TEXTS, *STRANGE]
    store = await kept(tmp_path, [replace(paper(text), id=text) for text in texts])
    yield store
    await store.close()


async def everything(store: Store, keyword: Keyword) -> list[str]:
    """The ids of all papers found, newest first, as somebody gets them who goes on to the end."""
    top: int | None = None
    ids: list[str] = []
    while True:
        found = await store.search.find(Query(keyword, newest=True), top, 0, 300)
        assert not found.hurried
        ids += [each.id for each in found.papers]
        top = found.older
        if top is None:
            return ids


async def test_the_cases_of_the_language_hold(cases: Store) -> None:
    for written, found, missed in CASES:
        ids = set(await everything(cases, parse(written)))
        assert ids >= set(found), written
        assert not ids & set(missed), written


async def test_the_search_finds_what_the_matcher_finds_in_strange_texts(cases: Store) -> None:
    texts = [*TEXTS, *STRANGE]
    day = index([paper(text) for text in texts])
    for written in [*PHRASES, *(written for written, _, _ in CASES)]:
        keyword = parse(written)
        wanted = [texts[place] for place in ones(day.find(keyword.tree))]
        assert await everything(cases, keyword) == wanted[::-1], written


def tied(random: Random, words: int) -> str:
    """So many words, or a few less, some of them tied together."""
    ties = random.choices((" ", "-", "/", ""), (4, 2, 1, 1), k=words)
    return "".join(random.choice(PARTS) + tie for tie in ties).strip("-/ ")


async def test_the_search_finds_what_the_matcher_finds_in_compounds_of_all_kinds(
    tmp_path: Path,
) -> None:
    random = Random(5)  # noqa: S311  (tests are to be repeatable)
    papers = [Paper(f"{n}", tied(random, 5), tied(random, 20)) for n in range(400)]
    day, store = index(papers), await kept(tmp_path, papers)
    for _ in range(400):
        field, sign = random.choice(("", "", "ti:", "abs:")), random.choice(("", "", "", "="))
        keyword = parse(f'{field}{sign}"{tied(random, random.randint(1, 6))}"')
        wanted = [papers[place].id for place in ones(day.find(keyword.tree))]
        assert await everything(store, keyword) == wanted[::-1], str(keyword)
    await store.close()


def made(seed: int, count: int) -> list[Keyword]:
    generator = Generator(seed)
    keywords: list[Keyword] = []
    while len(keywords) < count:
        try:
            keywords.append(generator.keyword())
        except KeywordError:  # a word or two too long
            continue
    return keywords


@pytest.mark.parametrize("seed", SEEDS)
async def test_matcher_search_and_definition_agree_on_every_pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("storage.search_index.SHARD_BITS", 7)  # four tables instead of one
    papers = sample()[seed % 4 :: 4]
    day, documents = index(papers), [Document(each) for each in papers]
    store = await kept(tmp_path, papers)
    for keyword in made(100 + seed, KEYWORDS):
        meant = [n for n, document in enumerate(documents) if document.matches(keyword.tree)]
        assert list(ones(day.find(keyword.tree))) == meant, str(keyword)
        wanted = [papers[n].id for n in reversed(meant)]
        assert await everything(store, keyword) == wanted, str(keyword)
    await store.close()
