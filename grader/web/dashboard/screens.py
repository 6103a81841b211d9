"""Screens about the whole class: now, map, items, ideas, quality, cohorts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from grader.classroom.insight import read
from grader.classroom.insight.values import Heat, Item
from grader.classroom.people import folded
from grader.web.dashboard import charts
from grader.web.dashboard.charts import Interval, Layered
from grader.web.dashboard.desk import Desk, number
from grader.web.dashboard.following import going
from grader.web.dashboard.visit import Visit
from grader.web.dashboard.wording import LAYERS

__all__ = ["cohorts", "course_map", "heat_of", "ideas", "item", "items", "now", "quality"]

_ROWS = 50
#: Wrong ideas of an exercise, the most frequent, of which programs are read for its page.
_SAMPLED = 3


def section_of(visit: Visit, request: Request) -> str | None:
    """The section that a list is narrowed to: one of theirs, where they are limited."""
    asked = request.query_params.get("section")
    if visit.sections:
        allowed = [s for s in visit.sections if asked and folded(s) == folded(asked)]
        return allowed[0] if allowed else visit.sections[0]
    return asked if asked != "*" else None


def sections_of(desk: Desk, visit: Visit) -> list[str]:
    """The sections that can be chosen."""
    if visit.sections:
        return list(visit.sections)
    return desk.book.sections()


def now(desk: Desk, visit: Visit, request: Request) -> Response:
    """Who needs help now, what needs a person, of whom nothing has come."""
    section = section_of(visit, request)
    found = read.now(desk.book, section=section, size=_ROWS)
    assigned = desk.book.office.assigned()
    return desk.page(
        request, visit, "now.html", names=True, now=found, section=section,
        sections=sections_of(desk, visit), runs=going(desk), assigned=assigned,
        overview=desk.shown(visit, read.overview(desk.book)), numbers=("first", "eventual"),
        can_run=visit.may_decide,
        people=desk.door.graders(),
    )  # fmt: skip


def course_map(desk: Desk, visit: Visit, request: Request) -> Response:
    """The course in order, coloured by how it went, and how far the class came."""
    overview = desk.shown(visit, read.overview(desk.book))
    found = [desk.shown(visit, each) for each in read.items(desk.book)]
    steps = [(s.exercise, s.reached, s.passed, s.cliff) for s in overview.funnel]
    scores = [(_tenth(b.low, b.high), b.count) for b in overview.scores]
    return desk.page(
        request, visit, "map.html", overview=overview,
        units=[(u, [i for i in found if i.unit == u.id]) for u in desk.course.units],
        funnel=charts.funnel("funnel", "How far the class came: began it, passed it", steps,
                             overview.people),
        scores=charts.bars("scores", "Students by their score in what they tried", scores),
        numbers=("first", "last", "eventual", "score", "alpha"), level=_level,
    )  # fmt: skip


def _tenth(low: float, high: float) -> str:
    return f"{low * 100:.0f}–{high * 100:.0f}"


def _level(found: Any) -> str:
    """The colour of a share: one of five, or none where it is undefined."""
    if found.value is None:
        return "none"
    return f"{min(int(found.value * 5), 4)}"


def _share(figure: Any) -> float:
    return -1.0 if figure.value is None else figure.value


_SORTS: dict[str, Callable[[Item], Any]] = {
    "n": lambda i: i.tried,
    "first": lambda i: _share(i.first),
    "last": lambda i: _share(i.last),
    "eventual": lambda i: _share(i.eventual),
    "attempts": lambda i: _share(i.attempts),
    "discrimination": lambda i: _share(i.discrimination),
    "top": lambda i: _share(i.top.share) if i.top else -1.0,
    "flags": lambda i: len(i.flags),
}


def items(desk: Desk, visit: Visit, request: Request) -> Response:
    """All exercises as rows, in any order."""
    found = [desk.shown(visit, each) for each in read.items(desk.book)]
    sort, down = request.query_params.get("sort", ""), request.query_params.get("down") == "1"
    if sort in _SORTS:
        found.sort(key=_SORTS[sort], reverse=down)
    elif down:
        found.reverse()
    overview = desk.shown(visit, read.overview(desk.book))
    known = [i for i in found if i.first.value is not None]
    rate = "first" if known else "last"
    rows = [
        Interval(i.exercise, f.value, f.low, f.high, f.few)
        for i in found
        for f in [getattr(i, rate)]
    ]
    return desk.page(
        request, visit, "items.html", items=found, overview=overview, sort=sort, down=down,
        quintiles=charts.quintiles, rate=rate,
        chart=charts.intervals("rates", "Passed at first, with 95 % intervals" if known else
                               "Last hand-in passes, with 95 % intervals", rows),
        numbers=("first", "last", "eventual", "attempts", "discrimination", "discrimination_last",
                 "quintiles", "idea", "gave_up"),
    )  # fmt: skip


def item(desk: Desk, visit: Visit, request: Request) -> Response:
    """All about one exercise; with a test, an idea or an answer in the query also who."""
    exercise = desk.exercise(request.path_params["exercise"])
    found = desk.shown(visit, read.item(desk.book, exercise.id))
    query = request.query_params
    who, asked = None, {k: query[k] for k in ("test", "idea", "signature", "layer") if query.get(k)}
    if asked and visit.may_name:
        still = query.get("ever") != "1"
        chosen: dict[str, Any] = {**asked, "outcome": query.get("outcome") or None, "still": still}
        who = read.who(
            desk.book, exercise.id, section=section_of(visit, request) or "",
            page=number(request), size=_ROWS, **chosen,
        )  # fmt: skip
    # Who is asked for is what the page is about: programs are read for that idea alone.
    about = [asked.get("idea", "")] if asked else [each.idea for each in found.ideas[:_SAMPLED]]
    samples = {
        idea: read.samples(desk.book, exercise.id, idea=idea, sections=visit.sections)
        for idea in about
        if idea and visit.may_name
    }
    attempts = [(f"{k}", n) for k, n in found.to_pass.items()]
    if len(attempts) > 1:
        attempts[-1] = (f"{attempts[-1][0]}+", attempts[-1][1])
    parts = [Layered(LAYERS[e.layer], e.students, e.layer) for e in found.layers]
    return desk.page(
        request, visit, "item.html", names=who is not None, exercise=exercise, page=found,
        item=found.item, who=who, asked=asked, samples=samples,
        attempts=charts.bars("attempts", "At which attempt it was passed", attempts),
        scores=charts.bars("scores", "Last hand-ins by score, in hundredths",
                           [(_tenth(b.low, b.high), b.count) for b in found.scores]),
        layers=charts.layers("layers", "How far last hand-ins came", parts),
        tests=charts.intervals(
            "tests", "Who passes each test, last hand-ins",
            [Interval(t.test.removeprefix("test_"), t.passed.value, t.passed.low, t.passed.high,
                      t.passed.few) for t in found.tests],
        ),
        numbers=("first", "last", "eventual", "gave_up", "attempts", "discrimination",
                 "upper_lower", "efficiency", "quintiles", "weight", "alpha_without", "test",
                 "test_first", "idea", "not_kept"),
        quintiles=charts.quintiles,
    )  # fmt: skip


def heat_of(desk: Desk, visit: Visit) -> Heat:
    """Wrong ideas by exercise, and of who holds several those whom the visitor may see."""
    found: Heat = desk.shown(visit, read.misconceptions(desk.book))
    keys = [s.student for s in found.spread] if visit.may_name else []
    people = desk.book.people(everyone=True, keys=keys)
    spread = [s for s in found.spread if s.student in people and visit.covers(people[s.student])]
    return msgspec.structs.replace(found, spread=tuple(spread))


def ideas(desk: Desk, visit: Visit, request: Request) -> Response:
    """Wrong ideas by exercise as a heat map, and who holds several."""
    found = heat_of(desk, visit)
    rows: dict[str, list[Any]] = {}
    for cell in found.cells:
        rows.setdefault(cell.exercise, []).append(cell)
    people = desk.book.people(everyone=True, keys=[s.student for s in found.spread])
    spread = [(people[s.student], s.ideas) for s in found.spread]
    return desk.page(
        request, visit, "ideas.html", names=bool(spread), heat=found, rows=rows, spread=spread,
        columns=min(5, max(map(len, rows.values()), default=0)),
        numbers=("idea", "idea_unit", "idea_again"), level=_level,
    )  # fmt: skip


def quality(desk: Desk, visit: Visit, request: Request) -> Response:
    """What to look at in the tests themselves."""
    found = desk.shown(visit, read.quality(desk.book))
    return desk.page(request, visit, "quality.html", quality=found)


def cohorts(desk: Desk, visit: Visit, request: Request) -> Response:
    """Sections side by side."""
    found = desk.shown(visit, read.cohorts(desk.book))
    exercises = [e.id for e in desk.course.exercises if any(e.id in c.items for c in found)]
    rows = [Interval(c.section or "no section", c.eventual.value, c.eventual.low, c.eventual.high,
                     c.eventual.few) for c in found]  # fmt: skip
    return desk.page(
        request, visit, "cohorts.html", cohorts=found, exercises=exercises,
        chart=charts.intervals("cohorts", "Passed at some time, by section", rows),
        numbers=("first", "eventual", "score"), level=_level,
    )  # fmt: skip
