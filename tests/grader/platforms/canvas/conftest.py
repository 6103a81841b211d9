"""A stand-in Canvas for each test, and no waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.platforms.canvas.api import Api
from grader.platforms.canvas.settings import Settings, Token
from support.canvas_server import TOKEN, Canvas, serving

Ask = Callable[..., Api]


@pytest.fixture(autouse=True)
def nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No gradebook, token or Canvas of whoever runs the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("WXB_GRADEBOOK", "CANVAS_URL", "CANVAS_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def canvas() -> Iterator[Canvas]:
    with serving(Canvas()) as started:
        yield started


@pytest.fixture
def waits() -> list[float]:
    """How long was waited, each time."""
    return []


@pytest.fixture
def api(canvas: Canvas, waits: list[float]) -> Iterator[Api]:
    with closing(Api(Settings(canvas.url, Token(TOKEN)), sleep=waits.append)) as opened:
        yield opened
