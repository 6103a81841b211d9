"""Runs as pages show them: how far each is, what went wrong; and pages that are told when it moves.

A run stands in the gradebook, whoever began it: from these pages, or by the command line in a
process of its own. While a page is open that shows runs, the gradebook is looked at once a second,
and all such pages are told of news; each then asks for its own part anew, as its visitor may see
it. Without JavaScript, a page shows the same whenever it is loaded.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from grader.classroom.batched import Kind
from grader.classroom.gradebook.runs import Recorded
from grader.errors import WxbError
from grader.web.dashboard.desk import Desk
from grader.web.dashboard.visit import Visit
from grader.web.site import site_of
from grader.web.stream import Event, Feed

__all__ = ["Follower", "Shown", "going", "part_of_now", "part_of_run", "part_of_runs", "run_parts",
           "shown"]  # fmt: skip

_LOG = logging.getLogger(__name__)
#: Seconds between looks at the gradebook.
_EVERY = 1.0
#: How long a run that has ended is still told of on the first screen.
_FRESH = timedelta(minutes=2)
#: Runs in a list.
_ROWS = 20
_KINDS = {
    "batch": "judge what is new", "preview": "preview a regrade", "apply": "regrade, raise only",
    "lower": "regrade, raise and lower",
}  # fmt: skip
#: Kind of a concern -> what is said of so many hand-ins.
_WRONG: dict[Kind, str] = {
    "timeout": "ran out of time", "memory": "took too much memory", "crashed": "crashed",
    "grader_fault": "met a fault of the grader's own", "unread": "cannot be read",
    "empty": "hold nothing for an exercise",
    "doubt": "hold something that was not read, or several answers",
    "missing": "import what is not there", "unit": "are for a unit that the course has not",
    "unmatched": "are of somebody who is not known",
}  # fmt: skip


class Shown(NamedTuple):
    """A run, ready for a page.

    Attributes:
        state: going, silent, failed, stopped or over.
        left: about how long it takes, in words, or "".
        wrong: (how many hand-ins, what is the matter with them).
        is_fresh: it ended a moment ago.
    """

    entry: Recorded
    what: str
    state: str
    left: str
    wrong: list[tuple[int, str]]
    is_fresh: bool


def shown(entry: Recorded, now: datetime) -> Shown:
    """A run as it is at a time."""
    left = entry.left()
    wrong = [(count, _WRONG[kind]) for kind, count in entry.concerns.items() if kind in _WRONG]
    return Shown(
        entry, _KINDS[entry.kind], entry.state(now), "" if left is None else _length(left),
        sorted(wrong, reverse=True), entry.ended is not None and now - entry.ended < _FRESH,
    )  # fmt: skip


def _length(left: timedelta) -> str:
    seconds = int(left.total_seconds())
    if seconds < 60:
        return "less than a minute"
    minutes, hours = round(seconds / 60), seconds / 3600
    return f"{minutes} min" if minutes < 90 else f"{hours:.1f} h"


def all_runs(desk: Desk, most: int = _ROWS) -> list[Shown]:
    """The newest runs, the newest first."""
    runs = desk.book.runs
    return [shown(entry, runs.now()) for entry in runs.all(most)]


def going(desk: Desk) -> list[Shown]:
    """Runs that go on, or ended a moment ago."""
    return [each for each in all_runs(desk) if each.state == "going" or each.is_fresh]


def run_parts(desk: Desk, visit: Visit, number: int) -> dict[str, Any]:
    """All about one run: also whom it is about, where it is this server's.

    Raises:
        KeyError: there is no such run.
    """
    entry = desk.book.runs.find(number)
    mine = desk.runs.find(number)
    differences = [] if mine is None else list(mine.differences)
    found = [] if mine is None else list(mine.concerns)
    keys = {each.student for each in differences} | {each.student for each in found}
    people = desk.book.people(everyone=True, keys=keys)
    return {
        "run": shown(entry, desk.book.runs.now()),
        "mine": mine,
        "rows": [(people[d.student], d) for d in differences
                 if d.student in people and visit.covers(people[d.student])],
        "concerns": [(people.get(c.student), c) for c in found
                     if c.student not in people or visit.covers(people[c.student])],
        "can_run": visit.may_decide and not visit.sections,
    }  # fmt: skip


# --- parts of pages, asked for by their script --------------------------------------------------


def part_of_now(desk: Desk, visit: Visit, request: Request) -> Response:
    """The runs that go on."""
    return desk.page(request, visit, "live_now.html", names=True, runs=going(desk))


def part_of_runs(desk: Desk, visit: Visit, request: Request) -> Response:
    """The list of runs."""
    return desk.page(request, visit, "live_runs.html", runs=all_runs(desk))


def part_of_run(desk: Desk, visit: Visit, request: Request) -> Response:
    """One run."""
    parts = run_parts(desk, visit, request.path_params["number"])
    return desk.page(request, visit, "live_run.html", names=True, **parts)


class Follower:
    """Tells all open pages when a run has moved, from the event loop of the server.

    The gradebook is read only while somebody listens.
    """

    def __init__(self, desk: Desk, every: float = _EVERY) -> None:
        self._desk, self._every = desk, every
        self.feed = Feed()
        self._task: asyncio.Task[None] | None = None
        self._seen: object = None

    def route(self) -> Route:
        """Where pages listen."""
        return Route("/events", self._events, name="events")

    def close(self) -> None:
        """End all streams."""
        self.feed.close()

    async def _events(self, request: Request) -> Response:
        site = site_of(request)
        answer = self.feed.response([Event("hello", {})], lambda: site.is_in(request))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._follow())
        return answer

    async def _follow(self) -> None:
        while self.feed.is_heard:
            seen = await run_in_threadpool(self._look)
            if seen != self._seen:
                self._seen = seen
                self.feed.tell(Event("runs", {}))
            await asyncio.sleep(self._every)

    def _look(self) -> object:
        """What pages show of runs, in a form that can be compared."""
        try:
            return [(e.entry.id, e.entry.tally, e.entry.concerns, e.state, e.is_fresh)
                    for e in all_runs(self._desk)]  # fmt: skip
        except WxbError as error:  # e.g. the database is in use; later again
            _LOG.debug("runs: %s", error)
            return self._seen
