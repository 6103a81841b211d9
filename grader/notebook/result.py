"""What a check came to: Jupyter shows it as HTML, anything else as plain lines."""

from __future__ import annotations

import msgspec

from grader.course.outline import Feedback
from grader.report.model import ExerciseResult, Report, is_right_so_far
from grader.report.plain import to_plain
from grader.report.view import ExerciseView, ReportView, view_exercise
from grader.report.words import HANDOUT, WHY, notes, so_far, totals

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
        """Whether all that was tried is right, and something was tried."""
        exercises = self.report.exercises
        is_right = all(e.outcome in ("passed", "skipped") for e in exercises)
        return is_right and any(map(is_right_so_far, exercises))

    @property
    def view(self) -> ReportView:
        """All that is shown of it."""
        exercises = tuple(map(self._view_exercise, self.report.exercises))
        closing = [f"Note: {note}" for note in notes(self.report, self.missing)]
        closing.append(", ".join(totals(self.report, self.seconds, self.handout)))
        if self.handout:
            closing.append(HANDOUT)
        return ReportView(exercises, tuple(closing))

    def _view_exercise(self, result: ExerciseResult) -> ExerciseView:
        """What may be seen of an exercise; of one among several that is right, only that."""
        view = view_exercise(result, self.feedback)
        is_settled = result.outcome == "passed" and len(self.report.exercises) > 1
        if result.outcome == "not_attempted" or is_settled:
            view = msgspec.structs.replace(view, tests=())
        why, cells = self.why.get(result.id), self.taken.get(result.id)
        remark = f"{WHY}{why}" if why else _sentence(so_far(result))
        return msgspec.structs.replace(
            view,
            remark=_NOT_BEGUN if result.outcome == "not_attempted" else remark,
            source=f"Taken from {', '.join(cells)}." if cells else "",
        )

    def _repr_html_(self) -> str:
        from grader.report.html import to_html

        return to_html(self.view)

    def __repr__(self) -> str:
        return to_plain(self.view)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
