"""The rooms of the house: every import points down, and the domain stays pure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "bot": {"bot", "handlers", "storage", "papers", "playground"},
    "handlers": {"handlers", "storage", "papers"},
    "storage": {"storage", "papers"},
    "papers": {"papers"},
    "playground": {"playground"},
}
PLAYS_TELEGRAM = {"demo.py", "stage.py"}  # the only modules of bot that know the playground
CONFINED = {
    "feedparser": {"papers/feed_document.py"},
    "apscheduler": set[str](),
    "pylatexenc": {"papers/latex.py", "papers/creators.py"},
    "sqlite3": {"storage"},
    "sqlite_utils": {"storage"},
    "telegram": {"bot", "handlers"},
    "tornado": {"playground"},
}
IMPURE = {"time", "socket", "sqlite3", "asyncio", "os", "random", "subprocess", "httpx", "aiohttp"}


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: write imports in full"
            yield node.module or ""


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_every_import_points_down(room: str) -> None:
    assert modules(room), f"there is nothing in {room}"
    for module in modules(room):
        rooms = {name.split(".")[0] for name in imported(module)} & set(MAY_IMPORT)
        assert rooms <= MAY_IMPORT[room], module
        if room == "bot" and module.name not in PLAYS_TELEGRAM:
            assert "playground" not in rooms, module


@pytest.mark.parametrize("library", CONFINED)
def test_each_library_stays_in_its_place(library: str) -> None:
    users = {
        str(module.relative_to(ROOT))
        for room in MAY_IMPORT
        for module in modules(room)
        if library in {name.split(".")[0] for name in imported(module)}
    }
    outside = {user for user in users if not user.startswith(tuple(CONFINED[library]))}
    assert outside == set()
    assert bool(users) == bool(CONFINED[library]), "the table is out of date"


def test_the_domain_has_no_clock_no_network_and_no_database() -> None:
    for module in modules("papers"):
        assert not {name.split(".")[0] for name in imported(module)} & IMPURE, module
        assert "datetime.now(" not in module.read_text("utf-8"), module
        assert "date.today(" not in module.read_text("utf-8"), module


@pytest.mark.parametrize("room", [*MAY_IMPORT, "tests", "benchmarks"])
def test_files_and_functions_fit_in_the_eye(room: str) -> None:
    for module in modules(room):
        text = module.read_text("utf-8")
        assert text.count("\n") <= 250, module
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                assert lines <= 40, f"{module}:{node.lineno} {node.name}"
