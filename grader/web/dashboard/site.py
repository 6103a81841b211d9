"""All screens of a class as one site, and what keeps its figures up to date meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight.refresh import refresh
from grader.course.outline import Course
from grader.errors import UsageError, WxbError
from grader.web.dashboard import api, deciding, files, following, likeness, screens, students
from grader.web.dashboard.desk import Desk, number, page, post
from grader.web.dashboard.following import Follower
from grader.web.dashboard.members import Members
from grader.web.dashboard.running import Runs
from grader.web.dashboard.visit import ClassDoor, LimitedSite, Visit
from grader.web.dashboard.wording import FILTERS
from grader.web.gate import BACK
from grader.web.openid.entry import OpenIDEntry
from grader.web.openid.provider import Provider
from grader.web.place import Place
from grader.web.site import Site

__all__ = ["Keeper", "build"]

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).resolve().parent
#: Seconds between looks at whether something was graded since the figures were worked out.
_EVERY = 5.0
#: Bytes of a form: a reason is the longest that is in one.
_LARGEST = 64 << 10


class Keeper:
    """Works the stored figures out anew in a thread of its own whenever something was graded.

    Args:
        open_book: opens the gradebook once more, for that thread.
    """

    def __init__(self, open_book: Callable[[], Gradebook], every: float = _EVERY) -> None:
        self._open, self._every = open_book, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep)
        self._thread.start()

    def close(self) -> None:
        """End, after the figures that are being worked out."""
        self._over.set()

    def wait(self) -> None:
        """Until it has ended."""
        self._thread.join()

    def _keep(self) -> None:
        try:
            with self._open() as book:
                while not self._over.is_set():
                    try:
                        refresh(book)
                    except WxbError as error:  # e.g. the database is in use; later again
                        _LOG.debug("figures: %s", error)
                    self._over.wait(self._every)
        except WxbError as error:
            _LOG.debug("figures: %s", error)


def build(
    course: Course, book: Gradebook, place: Place, runs: Runs, door: ClassDoor | None = None,
    tell: Callable[[str], object] = lambda text: None,
) -> Site:  # fmt: skip
    """The site of a class.

    Args:
        book: for the pages; it is closed by whoever opened it.
        runs: what was begun from the pages.
        door: who may come in; without one, the owner and who was invited.
        tell: takes what goes wrong with signing in, as one sentence.

    Raises:
        UsageError: nobody can sign in so.
    """
    door = door or ClassDoor(book)
    desk = Desk(course, book, door, runs)
    follower = Follower(desk)
    site = LimitedSite(
        place, door, [*routes(desk), follower.route()], title=course.title, token=door.token,
        templates=_HERE / "templates", largest=_LARGEST, on_close=[runs.close, follower.close],
        entry=None if door.members is None else entry(door.members, place, tell),
    )  # fmt: skip
    site.templates.filters.update(FILTERS)
    return site


def entry(members: Members, place: Place, tell: Callable[[str], object]) -> OpenIDEntry:
    """The way in over another site.

    Raises:
        UsageError: a library is not installed, or nobody knows where browsers find the pages.
    """
    if not members.settings.address and not place.is_loopback:
        raise UsageError(
            f"{place.host} is an address that others reach: say in the file of --sign-in by which "
            "`address` they find these pages, such as https://class.example.edu."
        )
    base = f"{members.settings.address or place.origin}{place.prefix}"
    provider = Provider(members.settings, f"{base}{BACK}", tell)
    return OpenIDEntry(provider, members.admit, base)


def routes(desk: Desk) -> list[BaseRoute]:
    """All pages, forms and files."""
    return [
        page(desk, "/", "home", screens.now),
        page(desk, "/map", "map", screens.course_map),
        page(desk, "/items", "items", screens.items),
        page(desk, "/items/{exercise}", "item", screens.item),
        page(desk, "/ideas", "ideas", screens.ideas),
        page(desk, "/students", "students", students.students, "people"),
        page(desk, "/students/{code}", "student", students.student, "people"),
        page(desk, "/students/{code}/{submission:int}", "attempt", students.attempt, "people"),
        page(desk, "/compare", "compare", students.compare, "people"),
        page(desk, "/quality", "quality", screens.quality),
        page(desk, "/similarity", "similarity", likeness.similarity, "owner"),
        page(desk, "/similarity/{one}/{other}", "case", likeness.case, "owner"),
        page(desk, "/similarity/{one}/{other}/case.zip", "case.zip", likeness.case_zip, "owner"),
        page(desk, "/cohorts", "cohorts", screens.cohorts),
        page(desk, "/export", "export", files.export, "owner"),
        page(desk, "/export/items.csv", "items.csv", files.items_csv, "owner"),
        page(desk, "/export/students.csv", "students.csv", files.students_csv, "owner"),
        page(desk, "/export/figures.json", "figures.json", files.figures_json, "owner"),
        page(desk, "/runs", "runs", deciding.runs, "people"),
        page(desk, "/runs/{number:int}", "run", deciding.run, "people"),
        page(desk, "/live/now", "live-now", following.part_of_now),
        page(desk, "/live/runs", "live-runs", following.part_of_runs, "people"),
        page(desk, "/live/runs/{number:int}", "live-run", following.part_of_run, "people"),
        page(desk, "/log", "log", _log, "owner"),
        post(desk, "/students/{code}/decide", "decide", deciding.decide),
        post(desk, "/assign", "assign", deciding.assign),
        post(desk, "/start", "start", deciding.start),
        post(desk, "/stop", "stop", deciding.stop_run),
        post(desk, "/similarity", "compare-all", likeness.compare_all, "owner"),
        post(desk, "/revoke", "revoke", deciding.revoke, "owner"),
        *api.routes(desk),
    ]


def _log(desk: Desk, visit: Visit, request: Request) -> Response:
    """Who was invited, and what was done from the pages."""
    from grader.classroom.insight.values import Page

    size, at = 50, number(request)
    lines, total = desk.book.office.log(page=at, size=size)
    found = Page(tuple(lines), at, max(-(-total // size), 1), total)
    return desk.page(
        request, visit, "log.html", names=True, lines=lines, found=found,
        invites=desk.book.office.invitations(), at=datetime.now(UTC),
    )  # fmt: skip
