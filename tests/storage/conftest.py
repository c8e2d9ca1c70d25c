"""The stores under test: every implementation passes the same contract."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.sqlite import open_store
from storage.store import Store


@pytest.fixture(params=["sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    assert request.param == "sqlite"
    opened = await open_store(tmp_path / "paperboy.db")
    yield opened
    await opened.close()
