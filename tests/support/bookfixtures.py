"""Fixtures: gradebooks on SQLite and a real PostgreSQL; none outside of the test's own folder."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.course.outline import Course
from support import gradebooks, needs, postgres

Open = Callable[..., Gradebook]


@pytest.fixture(autouse=True)
def nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    folder = postgres.programs()
    if folder is None:
        pytest.skip(f"{needs.SYSTEM}postgresql")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed")
    with postgres.server(folder) as started:
        yield started


@pytest.fixture
def postgres_url(server: postgres.Server) -> str:
    return server.new()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a gradebook, empty."""
    if request.param == "sqlite":
        return str(tmp_path / "marks.db")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def open_book(url: str) -> Iterator[Open]:
    """`open_book(course)`: the gradebook of this test, as often as it is asked for."""
    opened: list[Gradebook] = []

    def open_one(course: Course | None = None, where: str | None = None) -> Gradebook:
        opened.append(Gradebook(course or gradebooks.course(), where or url))
        return opened[-1]

    yield open_one
    for book in opened:
        book.close()


@pytest.fixture
def book(open_book: Open) -> Gradebook:
    return open_book()
