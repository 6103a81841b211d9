"""What a check came to: shown by Jupyter as HTML, elsewhere as plain lines."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from grader.course.outline import Feedback
from grader.report.model import Report
from grader.report.words import (
    BROKEN,
    HANDOUT,
    IDEA,
    LOOK,
    PRINTED,
    WHY,
    Shown,
    ShownTest,
    notes,
    shown,
    total,
)

__all__ = ["Result"]

_NOT_BEGUN = "Write it in a cell, run the cell, and check again."


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a check came to.

    Args:
        report: the whole verdict (format 1).
        feedback: what of it the course lets a student see.
        seconds: how long it took.
        handout: whether only the examples could be tried.
        missing: why student code ran without the lock, where it did.
        taken: exercise -> the cells that its functions came from.
        why: exercise -> why it works, for those that are right.
    """

    report: Report
    feedback: Feedback
    seconds: float = 0.0
    handout: bool = False
    missing: tuple[str, ...] = ()
    taken: dict[str, tuple[str, ...]] = {}
    why: dict[str, str] = {}

    @property
    def passed(self) -> bool:
        """Whether all of it is right."""
        return all(e.outcome in ("passed", "skipped") for e in self.report.exercises)

    @property
    def exercises(self) -> list[Shown]:
        """What may be seen of each exercise; of one among several that is right, only that."""
        seen = [shown(exercise, self.feedback) for exercise in self.report.exercises]
        many = len(seen) > 1
        short = {e.id for e in seen if e.outcome == "not_attempted" or (many and _is_right(e))}
        return [msgspec.structs.replace(e, tests=()) if e.id in short else e for e in seen]

    def told(self, exercise: Shown) -> str:
        """The sentence that ends an exercise: why it works, or how to begin."""
        if exercise.outcome == "not_attempted":
            return _NOT_BEGUN
        why = self.why.get(exercise.id)
        return f"{WHY}{why}" if why else ""

    def source(self, exercise: Shown) -> str:
        """The sentence that says which cells were graded."""
        cells = self.taken.get(exercise.id)
        return f"Taken from {', '.join(cells)}." if cells else ""

    def ending(self) -> list[str]:
        """What stands below all exercises: notes, the sum, what is still to come."""
        lines = [f"Note: {note}" for note in notes(self.report, self.missing)]
        lines.append(", ".join(total(self.report, self.seconds, self.handout)))
        return [*lines, HANDOUT] if self.handout else lines

    def _repr_html_(self) -> str:
        from grader.report.html import page

        return page(self)

    def __repr__(self) -> str:
        blocks = ["\n".join(self._exercise(exercise)) for exercise in self.exercises]
        return "\n\n".join([*blocks, "\n".join(self.ending())])

    def _exercise(self, seen: Shown) -> Iterator[str]:
        look = LOOK[seen.outcome]
        words = f" ({look.words})" if look.words else ""
        yield f"{look.plain} {seen.id}: {seen.title}{words} {seen.score}".rstrip()
        if seen.broken:
            yield _indented(f"{BROKEN}\n{seen.broken}")
        for test in seen.tests:
            yield from _test(test)
        for hint in seen.ideas:
            yield _indented(f"{IDEA}{hint}")
        for line in filter(None, (self.told(seen), self.source(seen))):
            yield _indented(line)


def _test(test: ShownTest) -> Iterator[str]:
    look = LOOK[test.outcome]
    words = f"{look.words}: " if look.words else ""
    yield f"    {look.plain} {words}{test.title} {test.score}".rstrip()
    if test.message:
        yield _indented(test.message, 8)
    if test.printed:
        yield _indented(f"{PRINTED}\n{test.printed}", 8)


def _is_right(exercise: Shown) -> bool:
    return exercise.outcome == "passed"


def _indented(text: str, by: int = 4) -> str:
    return "\n".join(" " * by + line for line in text.split("\n"))
