"""What every screen of a class needs: its gradebook, who asks, and how a page is filled."""

from __future__ import annotations

import functools
import hmac
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight.shared import shared
from grader.classroom.people import Person
from grader.classroom.statistics.explained import EXPLAINED
from grader.course.outline import Course
from grader.errors import UsageError
from grader.report.safe import safe
from grader.web.dashboard.running import Runs
from grader.web.dashboard.visit import ClassDoor, Pseudonyms, Visit, visit_of
from grader.web.dashboard.wording import FLAGS, KEPT, LAYERS
from grader.web.gate import session_of
from grader.web.site import site_of

__all__ = ["Desk", "Screen", "back_to", "is_sure", "number", "page", "post", "telling", "text_of",
           "whole"]  # fmt: skip

#: What a screen is: the desk, who asks, and the request; in a thread of its own.
Screen = Callable[["Desk", Visit, Request], Response]
Deed = Callable[["Desk", Visit, Request, FormData], Response]

#: Text -> route, for whom: everybody, or those who may see single students, or owners.
_MENU = (
    ("Now", "home", "all"), ("Map", "map", "all"), ("Items", "items", "all"),
    ("Ideas", "ideas", "all"), ("Students", "students", "people"), ("Quality", "quality", "all"),
    ("Similarity", "similarity", "owner"), ("Export", "export", "owner"),
    ("Cohorts", "cohorts", "all"), ("Runs", "runs", "people"), ("Log", "log", "owner"),
)  # fmt: skip


class Desk:
    """A class, open for its pages.

    Args:
        title: of all pages.
    """

    def __init__(self, course: Course, book: Gradebook, door: ClassDoor, runs: Runs) -> None:
        self.course, self.book, self.door, self.runs = course, book, door, runs
        self.pseudonyms = Pseudonyms(book)

    def shown(self, visit: Visit, value: Any) -> Any:
        """A value, without what could tell a viewer of single students."""
        return value if visit.may_name else shared(value)

    def exercise(self, name: str) -> Any:
        """An exercise of the course.

        Raises:
            HTTPException: 404 where there is none.
        """
        found = self.course.exercise(name)
        if found is None:
            raise HTTPException(404)
        return found

    def page(
        self, request: Request, visit: Visit, template: str, *, status: int = 200,
        names: bool = False, numbers: tuple[str, ...] = (), **context: Any,
    ) -> Response:  # fmt: skip
        """A page.

        Args:
            names: whether students are on it, so that names can be shown or hidden.
            numbers: names of figures that are explained at its end.
        """
        site = site_of(request)

        def again(**changes: object) -> str:
            """This page with another query."""
            query = {k: v for k, v in request.query_params.items() if k not in changes}
            query |= {k: str(v) for k, v in changes.items() if v not in (None, "", False)}
            return request.url.path + (f"?{urlencode(query)}" if query else "?")

        def student(key: str, name: str) -> Markup:
            """A student as they may be shown, with a link to their page."""
            code = self.pseudonyms.of(key)
            text = safe(name or key) if visit.named else f"Student {code[:6]}"
            if not visit.may_name:
                return Markup("<span>{}</span>").format(text)
            more = "?names=1" if visit.named else ""
            return Markup('<a href="{}{}">{}</a>').format(
                site.path("student", code=code), more, text
            )

        menu = [
            (text, site.path(route), route)
            for text, route, whom in _MENU
            if whom == "all" or visit.is_owner or (whom == "people" and visit.may_name)
        ]
        explained = [(name, EXPLAINED[name]) for name in numbers if name in EXPLAINED]
        return site.page(
            request, template, status, visit=visit, menu_items=menu, again=again, student=student,
            can_name=names and visit.may_name, explained=explained, flag_words=FLAGS,
            layer_words=LAYERS, kept_words=KEPT, code_of=self.pseudonyms.of, course=self.course,
            told=_told(request), **context,
        )  # fmt: skip

    def ask(
        self, request: Request, visit: Visit, form: FormData, what: str, *, back: str,
        person: Person | None = None, now: str = "",
    ) -> Response:  # fmt: skip
        """The page that says what a form would do, whose own form does it.

        Args:
            what: what would happen.
            back: where not to do it leads.
            now: how it is before.
        """
        fields = {
            k: v for k, v in form.multi_items() if isinstance(v, str) and k not in ("csrf", "sure")
        }
        return self.page(
            request, visit, "confirm.html", names=person is not None, what=what, person=person,
            now=now, fields=fields, action=request.url.path, back=back,
        )  # fmt: skip

    def person(self, request: Request, visit: Visit) -> Person:
        """Who is meant by the address."""
        return self.pseudonyms.person(request.path_params["code"], visit)


def _allowed(visit: Visit, whom: str) -> None:
    if whom == "owner" and not visit.is_owner:
        raise HTTPException(403, "This is for owners of the class.")
    if whom == "people" and not visit.may_name:
        raise HTTPException(403, "Pages of single students are not for viewers.")
    if whom == "decide" and not visit.may_decide:
        raise HTTPException(403, "Viewers change nothing.")


def page(desk: Desk, path: str, name: str, screen: Screen, whom: str = "all") -> Route:
    """A route to a screen, for those who may see it."""

    async def endpoint(request: Request) -> Response:
        def answer() -> Response:
            visit = visit_of(request, desk.door)
            _allowed(visit, whom)
            try:
                return screen(desk, visit, request)
            except KeyError:
                raise HTTPException(404) from None
            except UsageError as error:
                raise HTTPException(400, str(error)) from None

        return await run_in_threadpool(answer)

    return Route(path, functools.wraps(screen)(endpoint), name=name)


def post(desk: Desk, path: str, name: str, deed: Deed, whom: str = "decide") -> Route:
    """A route to what a form does; a mistake in it is told on a page of its own."""

    async def endpoint(request: Request) -> Response:
        async with request.form() as form:

            def answer() -> Response:
                visit = visit_of(request, desk.door)
                _allowed(visit, whom)
                try:
                    return deed(desk, visit, request, form)
                except KeyError:
                    raise HTTPException(404) from None
                except UsageError as error:
                    back = str(form.get("back", ""))
                    return desk.page(
                        request, visit, "mistake.html", status=400, text=str(error),
                        back=back if back.startswith(site_of(request).path("home")) else "",
                    )  # fmt: skip

            return await run_in_threadpool(answer)

    return Route(path, functools.wraps(deed)(endpoint), name=name, methods=["POST"])


def text_of(form: FormData, name: str) -> str:
    """A field of a form; "" where it is a file, or is not there."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def is_sure(form: FormData) -> bool:
    """Whether it was asked already."""
    return text_of(form, "sure") == "yes"


def back_to(url: str) -> Response:
    """The page that shows what was done; loading it again does nothing twice."""
    return RedirectResponse(url, 303)


def telling(request: Request, text: str) -> str:
    """A query by which this session's next page says what was done. Whoever makes up a link cannot
    make the page say anything: the text goes with a proof that it is ours."""
    return urlencode({"told": text, "proof": _proof(request, text)})


def _told(request: Request) -> str:
    text, proof = (request.query_params.get(name, "") for name in ("told", "proof"))
    is_ours = hmac.compare_digest(proof.encode(), _proof(request, text).encode())
    return text if is_ours else ""


def _proof(request: Request, text: str) -> str:
    secret = session_of(request).csrf.encode()
    return hmac.digest(secret, f"told:{text}".encode("utf-8", "replace"), "sha256").hex()[:32]


def whole(form: FormData, name: str) -> int:
    """A number in a form, such as an id.

    Raises:
        HTTPException: 404 where it is none.
    """
    text = text_of(form, name)
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise HTTPException(404)


def number(request: Request, name: str = "page", least: int = 1) -> int:
    """A number in the query; the least one where it is none."""
    text = request.query_params.get(name, "")
    return max(int(text), least) if text.isascii() and text.isdigit() and len(text) < 9 else least
