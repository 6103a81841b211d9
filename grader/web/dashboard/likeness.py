"""Screens about hand-ins that are nearly the same: for owners, and never a verdict."""

from __future__ import annotations

import io
import zipfile

import msgspec
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from grader.classroom.gradebook.values import Submission
from grader.classroom.insight.code import folders, modules
from grader.classroom.people import Person
from grader.classroom.similar.values import Case, Pair, Range
from grader.web.dashboard.desk import Desk, back_to
from grader.web.dashboard.students import with_lines
from grader.web.dashboard.visit import Visit
from grader.web.site import site_of

__all__ = ["case", "case_zip", "compare_all", "similarity"]

#: Of the one file in an archive, so that the same case makes the same archive.
_WHEN = (1980, 1, 1, 0, 0, 0)


class Side(msgspec.Struct, frozen=True):
    """One of two hand-ins: whose, which, and its text with the shared lines marked."""

    person: Person
    submission: Submission
    code: Markup | None


class Shown(msgspec.Struct, frozen=True):
    """An exercise of a case."""

    pair: Pair
    a: Side
    b: Side


def similarity(desk: Desk, visit: Visit, request: Request) -> Response:
    """Pairs of students, and what is too short to tell."""
    comparing = desk.runs.comparing
    people = desk.book.people(
        everyone=True, keys={key for each in comparing.cases for key in (each.a, each.b)}
    )
    found = comparing.found or ()
    return desk.page(
        request, visit, "similarity.html", names=True, comparing=comparing,
        cases=[each for each in comparing.cases if {each.a, each.b} <= people.keys()],
        people=people, compared=[each for each in found if not each.too_short],
        short=[each for each in found if each.too_short],
    )  # fmt: skip


def compare_all(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Compare all hand-ins, now."""
    desk.runs.comparing.start()
    desk.book.office.note(visit.noted("compare", "all hand-ins"))
    return back_to(site_of(request).path("similarity"))


def case(desk: Desk, visit: Visit, request: Request) -> Response:
    """Two students side by side, in all exercises where theirs are nearly the same."""
    found, exercises = _case(desk, visit, request)
    return desk.page(
        request, visit, "case.html", names=True, case=found, exercises=exercises,
        at=desk.runs.comparing.at, codes=_codes(desk, found),
    )  # fmt: skip


def case_zip(desk: Desk, visit: Visit, request: Request) -> Response:
    """The same as one page that needs nothing else, as it stands now: sources and times."""
    found, exercises = _case(desk, visit, request)
    one, other = _codes(desk, found)

    def student(person: Person) -> str:
        if visit.named:
            return f"{person.name or person.key} ({person.key})"
        return f"Student {desk.pseudonyms.of(person.key)[:6]}"

    text = site_of(request).templates.get_template("case_file.html").render(
        exercises=exercises, student=student, at=desk.runs.comparing.at, course=desk.course,
        number=f"{one}-{other}",
    )  # fmt: skip
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("case.html", _WHEN), text)
    desk.book.office.note(visit.noted("export", f"a case, {one} and {other}"))
    headers = {"Content-Disposition": f'attachment; filename="case-{one}-{other}.zip"'}
    return Response(archive.getvalue(), media_type="application/zip", headers=headers)


def _codes(desk: Desk, found: Case) -> tuple[str, str]:
    return desk.pseudonyms.of(found.a), desk.pseudonyms.of(found.b)


def _case(desk: Desk, visit: Visit, request: Request) -> tuple[Case, list[Shown]]:
    """Who is asked about, and what they share.

    Raises:
        KeyError, HTTPException: there is no such case.
    """
    one, other = (
        desk.pseudonyms.person(request.path_params[name], visit).key for name in ("one", "other")
    )
    found = desk.runs.comparing.case(one, other)
    people = desk.book.people(everyone=True, keys={one, other})
    ids = {n for pair in found.pairs for n in (pair.a_submission, pair.b_submission)}
    submissions = {each.id: each for each in desk.book.listing.submissions(ids)}
    roots = folders(desk.book)
    texts = {n: modules(desk.course, roots, each) for n, each in submissions.items()}

    def side(pair: Pair, key: str, number: int, ranges: list[Range]) -> Side:
        text = texts[number].get(pair.exercise)
        lines = {line for each in ranges for line in range(each.first, each.last + 1)}
        code = None if text is None else with_lines(text, lines, "shared")
        return Side(people[key], submissions[number], code)

    def shown(pair: Pair) -> Shown:
        a = side(pair, pair.a, pair.a_submission, [match.a for match in pair.matches])
        b = side(pair, pair.b, pair.b_submission, [match.b for match in pair.matches])
        return Shown(pair, a, b)

    return found, [shown(pair) for pair in found.pairs]
