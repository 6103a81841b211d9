"""A report as plain lines: no colour, ASCII marks; what a notebook without HTML shows."""

from __future__ import annotations

from collections.abc import Iterator

from grader.report.safe import safe
from grader.report.view import ExerciseView, ReportView, TestView
from grader.report.words import BROKEN, IDEA, LOOK, PRINTED

__all__ = ["to_plain"]


def to_plain(view: ReportView) -> str:
    """The whole of it, a block for each exercise, without a line break at the end."""
    blocks = ["\n".join(_exercise(exercise)) for exercise in view.exercises]
    return safe("\n\n".join([*blocks, "\n".join(view.closing)]))


def _exercise(view: ExerciseView) -> Iterator[str]:
    look = LOOK[view.outcome]
    words = f" ({look.words})" if look.words else ""
    yield f"{look.plain} {view.id}: {view.title}{words} {view.score}".rstrip()
    if view.broken:
        yield _indented(f"{BROKEN}\n{view.broken}")
    ideas = [_indented(f"{IDEA}{hint}") for hint in view.ideas]
    if view.is_long:
        yield from ideas
    for test in view.tests:
        yield from _test(test)
    if not view.is_long:
        yield from ideas
    for sentence in filter(None, (view.remark, view.source)):
        yield _indented(sentence)


def _test(view: TestView) -> Iterator[str]:
    look = LOOK[view.outcome]
    words = f"{look.words}: " if look.words else ""
    yield f"    {look.plain} {words}{view.title} {view.score}".rstrip()
    if view.message:
        yield _indented(view.message, 8)
    if view.printed:
        yield _indented(f"{PRINTED}\n{view.printed}", 8)


def _indented(text: str, by: int = 4) -> str:
    return "\n".join(" " * by + line for line in text.split("\n"))
