"""A report as the Markdown of a job's summary, in which all text of others is text.

GitHub takes 1 MiB of a step and drops what is longer as a whole.
"""

from __future__ import annotations

from grader.course.outline import Feedback
from grader.report.model import ExerciseResult, Report, is_lost, is_right
from grader.report.page import fenced, marked
from grader.report.plain import to_plain
from grader.report.safe import safe
from grader.report.view import ReportView, for_student, view_exercise
from grader.report.words import HANDOUT, LOOK, notes, plural, points, score

__all__ = ["MOST", "to_summary"]

#: Bytes that GitHub takes of one step.
MOST = 1 << 20
#: Room that is kept for the sentence that something was left out.
_RESERVE = 200
#: Longest cell of the table.
_CELL = 200


def to_summary(report: Report, feedback: Feedback, handout: bool, most: int = MOST) -> bytes:
    """What it came to, a table of all exercises, and what is wrong in those that were begun.

    Args:
        handout: only examples were tried.
        most: bytes that there is room for.
    """
    shown = for_student(report, feedback)
    begun = [each for each in shown.exercises if each.outcome != "not_attempted"]
    parts = [_head(shown, begun, handout), _table(shown)]
    parts += [_wrong(each, feedback) for each in begun if _has_more(each)]
    parts += [marked(note) for note in notes(shown)]
    kept, left_out = _fitting(parts, most - _RESERVE)
    if left_out:
        kept.append(f"{plural(left_out, 'part')} left out: GitHub takes no longer summary.")
    data = _bytes("\n\n".join(kept) + "\n")
    return data if len(data) <= most else b""


def _head(report: Report, begun: list[ExerciseResult], handout: bool) -> str:
    right = sum(map(is_right, report.exercises))
    told = f"{right} of {plural(len(report.exercises), 'exercise')} right, {len(begun)} begun."
    if report.possible:
        told += f" {points(report.earned)} of {points(report.possible)} points."
    if handout:
        told += f" {marked(HANDOUT)}"
    return f"## {marked(report.course[:_CELL])}\n\n{told}"


def _table(report: Report) -> str:
    rows = ["| | exercise | |", "|---|---|---|"]
    for each in report.exercises:
        look = LOOK[each.outcome]
        state = f" ({look.words})" if look.words else ""
        name = marked(f"{each.id}: {each.title}"[:_CELL])
        rows.append(f"| {look.mark} | {name}{state} | {marked(score(each))} |")
    return "\n".join(rows)


def _has_more(result: ExerciseResult) -> bool:
    return is_lost(result.outcome) or result.outcome == "grader_fault"


def _wrong(result: ExerciseResult, feedback: Feedback) -> str:
    view = view_exercise(result, feedback)
    return f"### {marked(result.id)}\n\n{fenced(to_plain(ReportView((view,), ())).strip())}"


def _fitting(parts: list[str], most: int) -> tuple[list[str], int]:
    """The parts that there is room for, in order, and how many there is none for."""
    kept: list[str] = []
    room = most
    for part in parts:
        size = len(_bytes(part)) + 2
        if size <= room:
            kept.append(part)
            room -= size
    return kept, len(parts) - len(kept)


def _bytes(text: str) -> bytes:
    return safe(text).encode("utf-8", "replace")
