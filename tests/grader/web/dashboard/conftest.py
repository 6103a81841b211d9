"""One class, judged once for all tests of its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import dashboards
from support.batching import Room
from support.dashboards import Pages
from support.sites import TestClient


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return dashboards.judged(tmp_path_factory.mktemp("dashboard"))


@pytest.fixture
def room(judged: Room, tmp_path: Path) -> Room:
    """The same class with a gradebook of this test's own."""
    copy = Room.__new__(Room)
    copy.__dict__.update(judged.__dict__)
    copy.url = str(tmp_path / "marks.db")
    shutil.copy(judged.url, copy.url)
    return copy


@pytest.fixture
def pages(room: Room) -> Iterator[Pages]:
    with dashboards.pages(room) as found:
        yield found


@pytest.fixture
def owner(pages: Pages) -> TestClient:
    return dashboards.entered(pages[0], pages[0].token)
