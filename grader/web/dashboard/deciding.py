"""What a person decides from the pages: through the same functions as the commands.

Each form leads to a page that says what would happen and to whom; the form on that does it, and
adds a line to the log in the same transaction.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from grader.classroom.decided import Extending, entries_of, extension, points_of, signed
from grader.classroom.gradebook.explain import length, moment
from grader.classroom.gradebook.values import Adjustment
from grader.classroom.people import Person
from grader.errors import UsageError
from grader.report.words import points
from grader.web.dashboard.desk import Desk, back_to, telling, whole
from grader.web.dashboard.running import Kind
from grader.web.dashboard.visit import Visit
from grader.web.site import site_of

__all__ = ["assign", "decide", "run", "runs", "start", "stop_run"]

#: Characters of a reason.
_WORDS = 2000


def decide(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Override, excuse or extend, or take one of them back: asked first, then done."""
    person = desk.person(request, visit)
    action = _text(form, "action")
    if action == "take-back":
        return _take_back(desk, visit, request, form, person)
    entry, what = _entry(desk, visit, form, person, action)
    if _text(form, "sure") != "yes":
        now = _now(desk, person, entry.exercise)
        return _ask(desk, visit, request, form, f"{action}: {what}", person, now)
    desk.book.adjust([entry], visit.noted(action, what, person.key))
    return _done(desk, request, person, f"Kept: {what}.")


def _entry(
    desk: Desk, visit: Visit, form: FormData, person: Person, action: str
) -> tuple[Adjustment, str]:
    """What is to be kept, and a sentence's worth of it without the reason."""
    why = _text(form, "why")[:_WORDS].strip()
    if action in ("override", "excuse"):
        if not why:
            raise UsageError("Why? Give a reason: it is kept beside who and when.")
        exercise = desk.exercise(_text(form, "exercise"))
        if action == "excuse":
            return (
                signed("excuse", visit.who, why, student=person.key, exercise=exercise.id),
                f"{exercise.id} does not count",
            )
        given = points_of(_text(form, "points").strip(), exercise.points)
        return (
            signed("override", visit.who, why, student=person.key, exercise=exercise.id,
                   points=given),
            f"{points(given)} of {points(exercise.points)} for {exercise.id}",
        )  # fmt: skip
    if action != "extend":
        raise HTTPException(404)
    until, by = _text(form, "until").strip(), _text(form, "by").strip()
    if bool(until) == bool(by):
        raise UsageError("Until when? Give a time, or how much longer (2d, 36h): one of them.")
    asked = Extending(person.key, _text(form, "unit"), until, by, why)
    entry = extension(desk.course, desk.book, asked, visit.who)
    more = f"until {moment(entry.until)}" if entry.until else f"by {length(entry.by)}"  # type: ignore[arg-type]
    return entry, f"{entry.unit or 'all units'} {more}"


def _take_back(
    desk: Desk, visit: Visit, request: Request, form: FormData, person: Person
) -> Response:
    number = _text(form, "entry")
    found = [e for e in desk.book.adjustments() if f"{e.id}" == number and e.student == person.key]
    if not found:
        raise UsageError("It was taken back before.")
    [entry] = found
    what = f"{entry.kind} of {entry.exercise or entry.unit or 'all units'}"
    if _text(form, "sure") != "yes":
        text = f"take back: {what}"
        return _ask(desk, visit, request, form, text, person, _now(desk, person, entry.exercise))
    why = _text(form, "why")[:_WORDS]
    noted = visit.noted("take back", what, person.key)
    desk.book.take_back([entry], who=visit.who, why=why, noted=noted)
    return _done(desk, request, person, f"Taken back: {what}.")


def _now(desk: Desk, person: Person, exercise: str) -> str:
    """The mark as it is before, in words."""
    mark = desk.book.marks([person.key], everyone=True)[0].mark(exercise) if exercise else None
    if mark is None:
        return ""
    held = entries_of(desk.book, "override", student=person.key, exercise=exercise)
    held += entries_of(desk.book, "excuse", student=person.key, exercise=exercise)
    more = f", by {held[-1].kind}" if held else ""
    return f"{exercise}: {points(mark.earned)} of {points(mark.possible)} ({mark.state}{more})"


def _ask(
    desk: Desk, visit: Visit, request: Request, form: FormData, what: str, person: Person,
    now: str,
) -> Response:  # fmt: skip
    fields = {
        k: v for k, v in form.multi_items() if isinstance(v, str) and k not in ("csrf", "sure")
    }
    return desk.page(
        request, visit, "confirm.html", names=True, what=what, person=person, now=now,
        fields=fields, action=request.url.path,
        back=site_of(request).path("student", code=desk.pseudonyms.of(person.key)),
    )  # fmt: skip


def _done(desk: Desk, request: Request, person: Person, told: str) -> Response:
    path = site_of(request).path("student", code=desk.pseudonyms.of(person.key))
    return back_to(f"{path}?{telling(request, told)}#decisions")


# --- hand-ins that need a person ----------------------------------------------------------------


def assign(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Say who looks into an exercise of a hand-in."""
    number, exercise = _text(form, "submission"), desk.exercise(_text(form, "exercise"))
    submissions = [s for s in desk.book.submissions() if f"{s.id}" == number]
    if not submissions:
        raise HTTPException(404)
    key = submissions[0].students[0]
    person = desk.book.people(everyone=True).get(key)
    if person is None or not visit.covers(person):
        raise HTTPException(404)
    to = _text(form, "to").strip()
    allowed = {*desk.door.graders(), visit.who}
    if to and to not in allowed:
        raise UsageError("Nobody of that name was invited: grade dashboard invite NAME")
    line = visit.noted("assign", f"{exercise.id}, hand-in {number}: {to or 'nobody'}", key)
    desk.book.office.assign(submissions[0].id, exercise.id, to, by=line)
    return back_to(f"{site_of(request).path('home')}#unsettled")


# --- runs ---------------------------------------------------------------------------------------


def runs(desk: Desk, visit: Visit, request: Request) -> Response:
    """Runs of this server, and forms that begin one."""
    return desk.page(
        request, visit, "runs.html", runs=desk.runs.all(), places=_places(desk),
        can_run=visit.may_decide and not visit.sections,
    )  # fmt: skip


def run(desk: Desk, visit: Visit, request: Request) -> Response:
    """One run: how far it is, what needs a person, which marks it changes or would."""
    found = desk.runs.find(request.path_params["number"])
    people = desk.book.people(everyone=True)
    rows = [(people[d.student], d) for d in found.differences
            if d.student in people and visit.covers(people[d.student])]  # fmt: skip
    concerns = [(people.get(c.student), c) for c in list(found.concerns)
                if c.student not in people or visit.covers(people[c.student])]  # fmt: skip
    return desk.page(
        request, visit, "run.html", names=True, run=found, rows=rows, concerns=concerns,
        can_run=visit.may_decide and not visit.sections,
    )  # fmt: skip


def start(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Begin a batch or a regrade; what changes marks is asked first."""
    if visit.sections:
        raise HTTPException(403, "Runs are for the whole class, and you are limited to sections.")
    kind: Kind = _text(form, "kind")  # type: ignore[assignment]
    if kind not in get_args(Kind):
        raise HTTPException(404)
    known = _places(desk)
    chosen = [path for path in known if f"{path}" == _text(form, "folder")] or known
    if kind != "preview" and _text(form, "sure") != "yes":
        words = {
            "batch": "judge what was handed in and is not judged yet",
            "apply": "judge again what older suites have judged; raise marks, lower none",
            "lower": "judge again what older suites have judged; raise and lower marks",
        }
        fields = {"kind": kind, "folder": _text(form, "folder")}
        return desk.page(
            request, visit, "confirm.html", what=words[kind], person=None, now="", fields=fields,
            action=request.url.path, back=site_of(request).path("runs"),
        )  # fmt: skip
    begun = desk.runs.start(kind, visit.who, chosen)
    desk.book.office.note(visit.noted("run", f"{kind}, {len(chosen)} class(es)"))
    return back_to(site_of(request).path("run", number=begun.number))


def stop_run(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Ask a run to end after the hand-ins that are being judged."""
    if visit.sections:
        raise HTTPException(403, "Runs are for the whole class, and you are limited to sections.")
    found = desk.runs.find(whole(form, "number"))
    found.stop.ask()
    desk.book.office.note(visit.noted("stop", f"run {found.number}"))
    return back_to(site_of(request).path("run", number=found.number))


def _places(desk: Desk) -> list[Path]:
    """The collected classes that are there."""
    return [path for kind, path in desk.book.places() if kind == "collected" and path.is_dir()]


def _text(form: FormData, name: str) -> str:
    value: Any = form.get(name, "")
    return value if isinstance(value, str) else ""
