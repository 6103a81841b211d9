"""What a page shows of an exercise: how far it is, the latest report, hints, where its file is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import msgspec

from grader.course.outline import Course
from grader.report.html import STYLE, to_unstyled_html
from grader.report.safe import safe
from grader.report.view import ReportView, view_exercise
from grader.report.words import WHY, points
from grader.study.states import LOOKS
from grader.web.lessons.inputs import Picture, pictures
from grader.web.lessons.live import Known

__all__ = ["Card", "card", "report_style"]

_NOT_BEGUN = "Not begun. Open its file: its text says what is asked. Each save is answered here."
_GONE = "Its file is gone. Bring it back to go on with this exercise."
_OFFER = "This fails in the same place again; a hint may help."
_PARTIAL = "The PyTorch half follows as soon as PyTorch is loaded."
#: Kind of a hint -> what stands above it.
_HINTS = {"goal": "The goal", "idea": "The idea", "your answer": "Your answer", "line": "The line"}


class Card(msgspec.Struct, frozen=True):
    """One exercise as a page shows it.

    Args:
        state: words for how far it is; `mark` and `style` go with them.
        said: the verdict in one sentence, for who hears the page.
        report: the latest report as HTML, or "".
        pictures: calls that failed, each with the address of a visualizer that shows it.
        notes: sentences below it.
        editor: a link that opens the file in an editor.
    """

    id: str
    title: str
    state: str
    mark: str
    style: str
    score: str
    said: str
    report: str
    pictures: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    hints: tuple[tuple[str, str], ...]
    left: int
    offers_hint: bool
    path: str
    editor: str
    busy: bool


def card(course: Course, known: Known, where: Callable[[Picture], str]) -> Card:
    """An exercise as far as the course lets a student see.

    Args:
        where: the address of a visualizer with a call's inputs, or "".
    """
    exercise, look = known.exercise, LOOKS[known.state]
    state = look.words or "done"
    score = points(exercise.points)
    if known.record.possible and known.state != "new" and not course.handout:
        score = f"{points(known.record.earned)} of {score}"
    path = safe(str(known.path))
    return Card(
        id=exercise.id,
        title=exercise.title,
        state=state,
        mark=look.mark,
        style=look.style,
        score=score,
        said=f"{exercise.id}: {'being graded' if known.busy else f'{state}, {score} points'}",
        report=_report(course, known),
        pictures=tuple(_pictures(course, known, where)),
        notes=tuple(_notes(known)),
        hints=tuple((_HINTS[hint.kind], hint.text) for hint in known.hints),
        left=known.left,
        offers_hint=known.remark is not None and known.remark.offers_hint,
        path=path,
        editor=f"vscode://file{quote(str(known.path))}",
        busy=known.busy,
    )


def report_style() -> str:
    """The stylesheet of reports. Visualizers have the name `wxb` for their own."""
    return re.sub(r"\.wxb(?![\w-])", ".report", STYLE)


def _report(course: Course, known: Known) -> str:
    if known.result is None or known.result.outcome == "not_attempted":
        return ""
    view = view_exercise(known.result, course.feedback)
    html = to_unstyled_html(ReportView((view,), ()))
    return html.replace('<div class="wxb">', '<div class="report">', 1)


def _pictures(
    course: Course, known: Known, where: Callable[[Picture], str]
) -> Iterator[tuple[str, str]]:
    """Of each failed test that a student may read about, the calls that a visualizer can show."""
    if known.result is None:
        return
    seen = set()
    for test in view_exercise(known.result, course.feedback).tests:
        for picture in pictures(test.message):
            href = where(picture)
            if href and picture.call not in seen:
                seen.add(picture.call)
                yield picture.call, href


def _notes(known: Known) -> list[str]:
    notes = []
    if not known.path.is_file():
        notes.append(_GONE)
    elif known.state == "new":
        notes.append(_NOT_BEGUN)
    if known.partial:
        notes.append(_PARTIAL)
    remark = known.remark
    if remark is not None and not known.busy:
        if remark.so_far:
            notes.append(remark.so_far)
        if remark.why:
            notes.append(f"{WHY}{remark.why}")
        if remark.offers_hint:
            notes.append(_OFFER)
    return notes
