"""What was given out is asked for once in a run of nbgrader's, and anew in the next."""

from __future__ import annotations

import pytest
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config import Configurable

from grader.platforms.nbgrader.once import once

pytestmark = pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore::Warning:sqlalchemy")

WHERE = {"db_url": "sqlite:///gradebook.db", "notebook": "one", "assignment": "01_a"}


def _step(run: Configurable | None) -> NbGraderPreprocessor:
    """A preprocessor as nbgrader makes one in a run: below an exporter, below the converter."""
    return NbGraderPreprocessor(parent=None if run is None else Configurable(parent=run))


def test_each_run_asks_once_for_each_notebook() -> None:
    asked: list[tuple[str, str, str]] = []

    def ask(*place: str) -> int:
        asked.append(place)
        return len(asked)

    first, second = Configurable(), Configurable()
    assert [once(_step(first), ask, WHERE) for _ in range(3)] == [1, 1, 1]
    assert once(_step(first), ask, {**WHERE, "notebook": "two"}) == 2
    assert once(_step(second), ask, WHERE) == 3
    assert [place[1] for place in asked] == ["one", "two", "one"]


def test_what_fails_is_asked_again_and_so_is_what_belongs_to_no_run() -> None:
    answers = iter([ValueError("no such notebook"), 1, 2, 3])

    def ask(*place: str) -> int:
        found = next(answers)
        if isinstance(found, ValueError):
            raise found
        return found

    run = Configurable()
    with pytest.raises(ValueError, match="no such notebook"):
        once(_step(run), ask, WHERE)
    assert [once(_step(run), ask, WHERE), once(_step(run), ask, WHERE)] == [1, 1]
    assert [once(_step(None), ask, WHERE), once(_step(None), ask, WHERE)] == [2, 3]
