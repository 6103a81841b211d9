"""Screens about students: the list, one of them, one hand-in, two side by side."""

from __future__ import annotations

import re
from typing import Any, get_args

from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from grader.classroom.gradebook.explain import explain
from grader.classroom.gradebook.listing import Sort
from grader.classroom.gradebook.marks import reweighted
from grader.classroom.gradebook.values import Adjustment
from grader.classroom.insight import read
from grader.report.html import to_bare_html
from grader.report.model import ExerciseResult
from grader.report.safe import safe
from grader.report.view import ReportView, view_exercise
from grader.web.dashboard import charts
from grader.web.dashboard.desk import Desk, number
from grader.web.dashboard.screens import section_of, sections_of
from grader.web.dashboard.visit import Visit

__all__ = ["attempt", "compare", "student", "students"]

_ROWS = 50
#: How a message names a line of the student's own file.
_LINE = re.compile(r"(?<![\w])line (\d{1,5})|\.py:(\d{1,5})")


def students(desk: Desk, visit: Visit, request: Request) -> Response:
    """Everybody, in any order, a page at a time."""
    query = request.query_params
    sort: Sort = query["sort"] if query.get("sort") in get_args(Sort) else "name"  # type: ignore[assignment]
    if sort in ("name", "key") and not visit.named:
        sort = "need" if "sort" not in query else sort  # the order itself would tell names
        sort = "need" if sort in ("name", "key") else sort
    down = query.get("down", "1" if sort == "need" else "") == "1"
    section = section_of(visit, request)
    found = read.students(
        desk.book, page=number(request), size=_ROWS, search=query.get("q", "")[:200], sort=sort,
        down=down, section=section,
    )  # fmt: skip
    return desk.page(
        request, visit, "students.html", names=True, found=found, sort=sort, down=down,
        q=query.get("q", "")[:200], section=section, sections=sections_of(desk, visit),
        numbers=("score",),
    )  # fmt: skip


def student(desk: Desk, visit: Visit, request: Request) -> Response:
    """One student: what came when, what it came to and why, and what is decided about it."""
    person = desk.person(request, visit)
    found = read.student(desk.book, person.key)
    everything = desk.book.adjustments(all_of_them=True)

    def why(entry: Adjustment) -> str:
        return entry.why if visit.is_owner or entry.who == visit.who else ""

    steps = {
        mark.exercise: explain(desk.course, found.marks, mark, everything, why)
        for mark in found.marks.marks
    }
    entries = [
        entry
        for entry in everything
        if entry.student == person.key or (entry.section and entry.section == person.section)
    ]
    events = [(f"{event.number}", event.tried, event.passed) for event in found.timeline]
    return desk.page(
        request, visit, "student.html", names=True, person=person, found=found, steps=steps,
        entries=entries, why=why, code=desk.pseudonyms.of(person.key),
        timeline=charts.timeline("timeline", "Hand-ins: exercises tried and passed", events[-40:]),
        numbers=("score",), can_decide=visit.may_decide,
    )  # fmt: skip


def attempt(desk: Desk, visit: Visit, request: Request) -> Response:
    """One hand-in: its report as the student sees it, and the code, failing lines marked."""
    person = desk.person(request, visit)
    number_ = request.path_params["submission"]
    if number_ not in {each.id for each in desk.book.submissions(person.key)}:
        raise HTTPException(404)
    found = read.compare(desk.book, number_, number_)
    parts = []
    for each in found.exercises:
        grading, exercise = found.a.gradings.get(each.exercise), desk.course.exercise(each.exercise)
        if grading is None or exercise is None:
            continue
        result = reweighted(exercise, desk.book.result(grading))
        view = view_exercise(result, desk.course.feedback)
        text = to_bare_html(ReportView((view,), ()))
        # What can be scrolled has to be reached by keyboard, too.
        report = Markup(
            text.replace('<pre class="wxb-table">', '<pre class="wxb-table" tabindex="0">')
        )
        history = desk.book.history(number_, each.exercise)
        code = None if each.a_code is None else with_lines(each.a_code, failing(result))
        parts.append((exercise, result, report, code, history))
    chosen = request.query_params.get("exercise")
    return desk.page(
        request, visit, "attempt.html", names=True, person=person, event=found.a, parts=parts,
        chosen=chosen, code=desk.pseudonyms.of(person.key),
    )  # fmt: skip


def compare(desk: Desk, visit: Visit, request: Request) -> Response:
    """Two hand-ins side by side."""
    a, b = (number(request, name, 0) for name in ("a", "b"))
    found = read.compare(desk.book, a, b)
    keys = found.a_student, found.b_student
    people = desk.book.people(everyone=True, keys=set(keys))
    pair = [people[key] for key in keys]
    if not all(visit.covers(person) for person in pair):
        raise HTTPException(404)
    exercises = [(each, _side(each.a_code, each.b_code), _side(each.b_code, each.a_code))
                 for each in found.exercises]  # fmt: skip
    return desk.page(
        request, visit, "compare.html", names=True, found=found, pair=pair, exercises=exercises
    )


def _side(own: str | None, other: str | None) -> Markup | None:
    """One text, with the lines marked that the other one does not have."""
    if own is None:
        return None
    there = set((other or "").splitlines())
    lines = own.splitlines()
    return with_lines(own, {i for i, line in enumerate(lines, 1) if line not in there}, "differs")


def failing(result: ExerciseResult) -> set[int]:
    """The lines that messages of tests name."""
    texts = [test.message for test in result.tests if test.outcome != "passed"]
    return {int(a or b) for text in texts for a, b in _LINE.findall(text)}


def with_lines(code: str, marked: set[int], what: str = "named by a test") -> Markup:
    """Code with numbered lines; the marked ones also say so to who does not see colour."""
    lines: list[Any] = []
    for i, line in enumerate(safe(code).split("\n"), 1):
        said = Markup('<span class="unseen"> ({})</span>').format(what) if i in marked else ""
        shape = "<mark><b>{}</b> {}{}</mark>" if i in marked else "<span><b>{}</b> {}{}</span>"
        lines.append(Markup(shape).format(i, escape(line), said))
    return Markup("\n").join(lines)
