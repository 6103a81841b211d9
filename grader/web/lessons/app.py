"""`grade lessons`: the pages of a course that somebody works on, and what their scripts ask."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from grader.course.outline import Course, Exercise, Unit
from grader.errors import UsageError, WxbError
from grader.report.safe import safe
from grader.web.door import OneToken
from grader.web.lessons.card import Card, card, report_style
from grader.web.lessons.live import Work
from grader.web.lessons.pages import TEMPLATES, Pages, anchor, links
from grader.web.lessons.shown import Shown
from grader.web.lessons.tried import Functions, Refused
from grader.web.lessons.widgets import assets
from grader.web.place import Place
from grader.web.server import serve
from grader.web.site import Site, site_of
from grader.web.stream import Event, Feed

__all__ = ["STATIC", "Lessons", "serve_lessons"]

#: The id of a challenge, and most of them in one visualizer.
_Goal = Annotated[str, msgspec.Meta(pattern=r"^[\w-]{1,40}$")]
_Goals = Annotated[list[_Goal], msgspec.Meta(max_length=40)]


class _Met(msgspec.Struct, forbid_unknown_fields=True):
    visualizer: str
    goals: _Goals


STATIC = Path(__file__).resolve().parent / "static"


class Lessons:
    """A course as pages, with a student's work on it.

    Use it as a context manager: what grades ends with it.
    """

    def __init__(self, course: Course, place: Place) -> None:
        self.course = course
        self.feed = Feed()
        # Grows with each event: who was rendered before one, and listens after it, has missed it.
        self._version = 0
        self._functions = Functions(course)
        self.work = Work(course, self._changed)
        door = OneToken()
        self.site = Site(
            place, door, self._routes(), title=course.title, token=door.token,
            templates=TEMPLATES,
            context={"anchor": anchor, "is_live": True, "layout": "lessons.html"},
            on_close=[self.feed.close],
        )  # fmt: skip
        link = links(course, self.site.path("home"), self._to)
        self.pages = Pages(course, link, self._to, self._card, self.work.met)
        self.pages.check()

    def start(self) -> None:
        """Begin to watch and to load."""
        self.work.start()

    def close(self) -> None:
        """End everything that was started."""
        self.feed.close()
        self.work.close()

    def _routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._home, name="home"),
            Route("/lessons/{unit}", self._lesson, name="lesson"),
            Route("/exercises/{exercise}", self._exercise, name="exercise"),
            Route("/exercises/{exercise}/hint", self._hint, methods=["POST"], name="hint"),
            Route("/events", self._events, name="events"),
            Route("/lessons/{unit}/try", self._try, methods=["POST"], name="try"),
            Route("/lessons/{unit}/met", self._met, methods=["POST"], name="met"),
            Route("/report.css", _report_css, name="report-style"),
            Mount("/lesson", StaticFiles(directory=STATIC), name="own"),
            Route("/widgets/{file}", _widget, name="widgets"),
        ]

    # ---- pages

    async def _home(self, request: Request) -> Response:
        version = self._version
        now = self.work.next()
        return site_of(request).page(
            request, "home.html", version=version, next=now and self._card(now),
            next_href=now and f"{self._to(now.unit)}#{anchor(now.id)}",
            trouble=self.work.trouble, **self.pages.home(),
        )  # fmt: skip

    async def _lesson(self, request: Request) -> Response:
        unit, version = self._unit(request), self._version
        self.work.look(unit)
        page = self.pages.lesson(unit, lambda shown: self._functions.of(unit, shown.name))
        return site_of(request).page(
            request, "lesson.html", version=version, trouble=self.work.trouble, **page
        )

    async def _exercise(self, request: Request) -> Response:
        """One exercise alone: what a lesson's script puts in the place of the older one."""
        exercise = self._one(request)
        return site_of(request).page(request, "card.html", card=self._card(exercise))

    async def _hint(self, request: Request) -> Response:
        exercise = self._one(request)
        self.work.open_hint(exercise)
        return RedirectResponse(f"{self._to(exercise.unit)}#{anchor(exercise.id)}", 303)

    async def _try(self, request: Request) -> Response:
        """What the student's functions say to the calls of a visualizer."""
        try:
            asked = self._functions.asked(self._unit(request), await request.body())
        except Refused as error:
            raise HTTPException(400, f"{error}.") from None
        try:
            found = await run_in_threadpool(self.work.attempt, asked)
        except WxbError as error:
            raise HTTPException(503, error.told()) from None
        answers = [{"error": safe(s.error)} if s.error else {"value": s.value}
                   for s in found.answers]  # fmt: skip
        return JSONResponse({"answers": answers, "hint": found.hint})

    async def _met(self, request: Request) -> Response:
        """Challenges that were met in a visualizer of a lesson."""
        unit = self._unit(request)
        shown = {b.name for b in self.pages.text(unit).blocks if isinstance(b, Shown)}
        try:
            told = msgspec.json.decode(await request.body(), type=_Met)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise HTTPException(400, f"These are no challenges: {error}.") from None
        if told.visualizer not in shown:
            raise HTTPException(400, "This lesson has no such visualizer.")
        self.work.meet(unit, told.visualizer, told.goals)
        return Response(status_code=204)

    async def _events(self, request: Request) -> Response:
        met = {unit.id: self.work.met(unit) for unit in self.course.units}
        told = {"trouble": self.work.trouble, "version": self._version, "met": met}
        return self.feed.response([Event("hello", told)], lambda: self.site.is_in(request))

    # ---- small steps

    def _changed(self, what: Exercise | Unit | None) -> None:
        self._version += 1
        if isinstance(what, Unit):
            self.feed.tell(Event("met", {"unit": what.id, "met": self.work.met(what)}))
        elif what is None:
            self.feed.tell(Event("hello", {"trouble": self.work.trouble}))
        else:
            card = self._card(what)
            told = {"id": what.id, "said": card.said, "busy": card.busy}
            self.feed.tell(Event("exercise", told))

    def _card(self, exercise: Exercise) -> Card:
        return card(self.course, self.work.known(exercise), self.pages.where)

    def _to(self, unit: str) -> str:
        return self.site.path("lesson", unit=unit)

    def _unit(self, request: Request) -> Unit:
        found = self.course.unit(request.path_params["unit"])
        if found is None:
            raise HTTPException(404)
        return found

    def _one(self, request: Request) -> Exercise:
        found = self.course.exercise(request.path_params["exercise"])
        if found is None:
            raise HTTPException(404)
        return found


def serve_lessons(
    course: Course, place: Place, *, tell: Callable[[str], object], open_browser: bool
) -> None:
    """Serve a course's lessons until Ctrl-C; as `serve`.

    Raises:
        UsageError: they cannot be served there.
        CourseError: a lesson's text has faults.
    """
    with ExitStack() as stack:

        def build(place: Place) -> Site:
            lessons = Lessons(course, place)
            stack.callback(lessons.close)
            lessons.start()
            return lessons.site

        serve(build, place, tell=tell, open_browser=open_browser)


async def _widget(request: Request) -> Response:
    try:
        text = assets.module(request.path_params["file"])
    except UsageError:
        raise HTTPException(404) from None
    return Response(text, media_type="text/javascript")


async def _report_css(request: Request) -> Response:
    return Response(report_style(), media_type="text/css")
