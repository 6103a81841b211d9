"""A class that was collected from nbgrader, and what goes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.nbtaught import Taught


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Taught:
    """Made and judged once for a module of tests."""
    return Taught(tmp_path_factory.mktemp("taught"))


@pytest.fixture
def taught(judged: Taught) -> Iterator[Taught]:
    """The class as it was judged, whatever tests before did."""
    with judged.fresh():
        yield judged
