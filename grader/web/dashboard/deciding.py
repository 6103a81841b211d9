"""What a person decides from the pages: through the same functions as the commands.

Each form leads to a page that says what would happen and to whom; the form on that does it, and
adds a line to the log in the same transaction. Only a preview, which changes no mark, begins at
once.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from grader.classroom.decided import Extending, entries_of, extension, points_of, signed
from grader.classroom.gradebook.explain import length, moment
from grader.classroom.gradebook.runs import Sort
from grader.classroom.gradebook.values import Adjustment
from grader.classroom.insight import read
from grader.classroom.people import Person
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import points
from grader.web.dashboard.desk import Desk, back_to, is_sure, telling, text_of, whole
from grader.web.dashboard.following import all_runs, run_parts
from grader.web.dashboard.visit import Visit
from grader.web.site import site_of

__all__ = ["assign", "decide", "revoke", "run", "runs", "start", "stop_run"]

#: Characters of a reason.
_WORDS = 2000


def decide(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Override, excuse or extend, or take one of them back: asked first, then done."""
    person = desk.person(request, visit)
    action = text_of(form, "action")
    if action == "take-back":
        return _take_back(desk, visit, request, form, person)
    entry, what = _entry(desk, visit, form, person, action)
    if not is_sure(form):
        now = _now(desk, person, entry.exercise)
        return _ask(desk, visit, request, form, f"{action}: {what}", person, now)
    desk.book.adjust([entry], visit.noted(action, what, person.key))
    return _done(desk, request, person, f"Kept: {what}.")


def _entry(
    desk: Desk, visit: Visit, form: FormData, person: Person, action: str
) -> tuple[Adjustment, str]:
    """What is to be kept, and a sentence's worth of it without the reason."""
    why = text_of(form, "why")[:_WORDS].strip()
    if action in ("override", "excuse"):
        if not why:
            raise UsageError("Why? Give a reason: it is kept beside who and when.")
        exercise = desk.exercise(text_of(form, "exercise"))
        if action == "excuse":
            return (
                signed("excuse", visit.who, why, student=person.key, exercise=exercise.id),
                f"{exercise.id} does not count",
            )
        given = points_of(text_of(form, "points").strip(), exercise.points)
        return (
            signed("override", visit.who, why, student=person.key, exercise=exercise.id,
                   points=given),
            f"{points(given)} of {points(exercise.points)} for {exercise.id}",
        )  # fmt: skip
    if action != "extend":
        raise HTTPException(404)
    until, by = text_of(form, "until").strip(), text_of(form, "by").strip()
    if bool(until) == bool(by):
        raise UsageError("Until when? Give a time, or how much longer (2d, 36h): one of them.")
    asked = Extending(person.key, text_of(form, "unit"), until, by, why)
    entry = extension(desk.course, desk.book, asked, visit.who)
    more = f"until {moment(entry.until)}" if entry.until else f"by {length(entry.by)}"  # type: ignore[arg-type]
    return entry, f"{entry.unit or 'all units'} {more}"


def _take_back(
    desk: Desk, visit: Visit, request: Request, form: FormData, person: Person
) -> Response:
    number = text_of(form, "entry")
    found = [e for e in desk.book.adjustments() if f"{e.id}" == number and e.student == person.key]
    if not found:
        raise UsageError("It was taken back before.")
    [entry] = found
    what = f"{entry.kind} of {entry.exercise or entry.unit or 'all units'}"
    if not is_sure(form):
        text = f"take back: {what}"
        return _ask(desk, visit, request, form, text, person, _now(desk, person, entry.exercise))
    why = text_of(form, "why")[:_WORDS]
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
    back = site_of(request).path("student", code=desk.pseudonyms.of(person.key))
    return desk.ask(request, visit, form, what, person=person, now=now, back=back)


def _done(desk: Desk, request: Request, person: Person, told: str) -> Response:
    path = site_of(request).path("student", code=desk.pseudonyms.of(person.key))
    return back_to(f"{path}?{telling(request, told)}#decisions")


# --- hand-ins that need a person ----------------------------------------------------------------


def assign(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Say who looks into an exercise of a hand-in."""
    number, exercise = whole(form, "submission"), desk.exercise(text_of(form, "exercise"))
    key = read.compare(desk.book, number, number).a_student
    person = desk.book.people(everyone=True, keys=[key]).get(key)
    if person is None or not visit.covers(person):
        raise HTTPException(404)
    to = text_of(form, "to").strip()
    allowed = {*desk.door.graders(), visit.who}
    if to and to not in allowed:
        raise UsageError("Nobody of that name was invited: grade dashboard invite NAME")
    there = desk.book.office.assigned().get((number, exercise.id))
    if not is_sure(form):
        asked = f"{to or 'nobody'} looks into {exercise.id}, hand-in {number}"
        now = there.to if there else "nobody"
        back = f"{site_of(request).path('home')}#unsettled"
        return desk.ask(request, visit, form, asked, person=person, now=now, back=back)
    line = visit.noted("assign", f"{exercise.id}, hand-in {number}: {to or 'nobody'}", key)
    desk.book.office.assign(number, exercise.id, to, by=line)
    return back_to(f"{site_of(request).path('home')}#unsettled")


# --- runs ---------------------------------------------------------------------------------------


def runs(desk: Desk, visit: Visit, request: Request) -> Response:
    """Runs over the class, of this server and others, and forms that begin one."""
    return desk.page(
        request, visit, "runs.html", runs=all_runs(desk), places=_places(desk),
        can_run=visit.may_decide and not visit.sections,
    )  # fmt: skip


def run(desk: Desk, visit: Visit, request: Request) -> Response:
    """One run: how far it is, what needs a person, which marks it changes or would."""
    parts = run_parts(desk, visit, request.path_params["number"])
    return desk.page(request, visit, "run.html", names=True, **parts)


def start(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Begin a batch or a regrade; what changes marks is asked first."""
    _check_whole(visit)
    kind: Sort = text_of(form, "kind")  # type: ignore[assignment]
    if kind not in get_args(Sort):
        raise HTTPException(404)
    known = _places(desk)
    folder = text_of(form, "folder")
    chosen = [path for path in known if folder in ("", f"{path}")]
    if folder and not chosen:
        raise UsageError(f"{printable(folder)} is no collected class any more; nothing was begun.")
    if kind != "preview" and not is_sure(form):
        words = {
            "batch": "judge what was handed in and is not judged yet",
            "apply": "judge again what older suites have judged; raise marks, lower none",
            "lower": "judge again what older suites have judged; raise and lower marks",
        }
        back = site_of(request).path("runs")
        where = ", ".join(path.name for path in chosen)
        return desk.ask(request, visit, form, f"{words[kind]}: {where}", back=back)
    begun = desk.runs.start(kind, visit.who, chosen)
    desk.book.office.note(visit.noted("run", f"{kind}, {len(chosen)} class(es)"))
    return back_to(site_of(request).path("run", number=begun.number))


def stop_run(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Ask a run to end after the hand-ins that are being judged."""
    _check_whole(visit)
    found = desk.runs.find(whole(form, "number"))
    if found is None:
        raise UsageError(
            "These pages have not begun that run. It ends where it was begun: Ctrl-C there."
        )
    path = site_of(request).path("run", number=found.number)
    if not is_sure(form):
        asked = f"stop run {found.number}; what was judged is kept"
        return desk.ask(request, visit, form, asked, back=path)
    found.stop.ask()
    desk.book.office.note(visit.noted("stop", f"run {found.number}"))
    return back_to(path)


# --- who may look -------------------------------------------------------------------------------


def revoke(desk: Desk, visit: Visit, request: Request, form: FormData) -> Response:
    """Take an invitation back."""
    office, back = desk.book.office, site_of(request).path("log")
    invite = office.invitation(whole(form, "number"))
    if invite is None:
        raise UsageError("There is no such invitation.")
    if not is_sure(form):
        asked = f"take back the invitation of {invite.name} as {invite.role}"
        return desk.ask(request, visit, form, asked, back=back)
    office.revoke(invite.id, who=visit.who)
    return back_to(back)


def _check_whole(visit: Visit) -> None:
    if visit.sections:
        raise HTTPException(403, "Runs are for the whole class, and you are limited to sections.")


def _places(desk: Desk) -> list[Path]:
    """The collected classes that are there."""
    return [path for kind, path in desk.book.places() if kind == "collected" and path.is_dir()]
