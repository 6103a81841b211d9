"""What happens while a student's work is marked on every save."""

from __future__ import annotations

import msgspec

from grader.errors import WxbError
from grader.report.model import ExerciseResult

__all__ = ["Loaded", "Marked", "Saved", "Unmarked"]


class Saved(msgspec.Struct, frozen=True):
    """Exercises whose modules were written, in no order."""

    exercises: tuple[str, ...]


class Marked(msgspec.Struct, frozen=True):
    """An exercise was graded.

    Args:
        seconds: from the request to the verdict.
        partial: PyTorch was still loading, so its tests were left out.
    """

    result: ExerciseResult
    seconds: float
    partial: bool


class Loaded(msgspec.Struct, frozen=True):
    """PyTorch is there: what was graded in part can be graded whole."""


class Unmarked(msgspec.Struct, frozen=True):
    """Nothing could be graded; `final` if nothing ever will be."""

    error: WxbError
    final: bool
