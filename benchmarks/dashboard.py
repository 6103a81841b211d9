"""What pages of a class wait for: each reading function, on SQLite and on PostgreSQL.

    python -m benchmarks.dashboard                    10,000 students, three attempts each
    python -m benchmarks.dashboard --students 500     a quick look

The class is made up (`benchmarks.cohort`). Each function is called many times, with other arguments
each time; the aim is 60 ms at the median. Then whole pages are asked for over HTTP, as a browser
does: the aim is 100 ms at the median, and 250 ms for all but one in twenty.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx

from benchmarks.cohort import fill
from benchmarks.memory import memory
from grader import Course
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight import read
from grader.classroom.insight.refresh import recompute, refresh
from grader.classroom.statistics.shares import percentile
from grader.web.dashboard.running import Runs
from grader.web.dashboard.site import build
from grader.web.dashboard.visit import Pseudonyms
from grader.web.place import Place
from grader.web.server import Server

__all__ = ["calls", "main", "measured", "screens"]

ROOT = Path(__file__).resolve().parent.parent
_SIZE = 50


def calls(book: Gradebook, chance: random.Random) -> Mapping[str, Callable[[], object]]:
    """What is measured: name -> a call with arguments by chance."""
    keys = sorted(book.people())
    exercises = [exercise.id for exercise in book.course.exercises]
    hand_ins = [each.id for each in book.submissions(keys[len(keys) // 2])]

    def any_exercise() -> str:
        return chance.choice(exercises)

    def by_test() -> object:
        name = any_exercise()
        test = chance.choice(read.item(book, name).tests).test
        return read.who(book, name, test=test)

    def by_idea() -> object:
        name = any_exercise()
        return read.who(book, name, idea=read.item(book, name).ideas[0].idea)

    def page() -> object:
        return read.students(
            book, page=chance.randint(1, max(1, len(keys) // _SIZE)), size=_SIZE,
            sort=chance.choice(read.SORTS), down=chance.random() < 0.5,
        )  # fmt: skip

    return {
        "overview": lambda: read.overview(book),
        "items": lambda: read.items(book),
        "item": lambda: read.item(book, any_exercise()),
        "who (a test)": by_test,
        "who (an idea)": by_idea,
        "misconceptions": lambda: read.misconceptions(book),
        "quality": lambda: read.quality(book),
        "cohorts": lambda: read.cohorts(book),
        "now": lambda: read.now(book),
        "now (a section)": lambda: read.now(book, section="Section 03"),
        "students": page,
        "students (search)": lambda: read.students(book, search=chance.choice(("ka", "s0123"))),
        "student": lambda: read.student(book, chance.choice(keys)),
        "compare": lambda: read.compare(book, chance.choice(hand_ins), chance.choice(hand_ins)),
    }


def screens(
    book: Gradebook, client: httpx.Client, chance: random.Random
) -> Mapping[str, Callable[[], object]]:
    """Whole pages: path with arguments by chance -> a request that has to be answered by a page."""
    pseudonyms = Pseudonyms(book)
    keys = sorted(book.people())
    exercises = [exercise.id for exercise in book.course.exercises]
    paths: dict[str, Callable[[], str]] = {
        "now": lambda: "/",
        "now (a section)": lambda: "/?section=Section+03",
        "map": lambda: "/map",
        "items": lambda: "/items?sort=discrimination",
        "item": lambda: f"/items/{chance.choice(exercises)}",
        "item, who has an idea": lambda: _with_idea(book, chance.choice(exercises)),
        "ideas": lambda: "/ideas",
        "students": lambda: f"/students?sort=score&page={chance.randint(1, len(keys) // _SIZE)}",
        "students (search)": lambda: "/students?names=1&q=ka",
        "student": lambda: f"/students/{pseudonyms.of(chance.choice(keys))}",
        "a hand-in": lambda: _hand_in(book, pseudonyms, chance.choice(keys)),
        "two hand-ins": lambda: _two(book, chance.choice(keys), chance.choice(keys)),
        "quality": lambda: "/quality",
        "similarity": lambda: "/similarity",
        "export": lambda: "/export",
        "cohorts": lambda: "/cohorts",
        "runs": lambda: "/runs",
        "log": lambda: "/log",
    }

    def ask(path: Callable[[], str]) -> None:
        answer = client.get(path())
        assert answer.status_code == 200, (answer.url, answer.status_code)
        assert "<h1" in answer.text

    return {name: functools.partial(ask, path) for name, path in paths.items()}


def _with_idea(book: Gradebook, exercise: str) -> str:
    return f"/items/{exercise}?idea={read.item(book, exercise).ideas[0].idea}"


def _hand_in(book: Gradebook, pseudonyms: Pseudonyms, key: str) -> str:
    return f"/students/{pseudonyms.of(key)}/{book.submissions(key)[0].id}"


def _two(book: Gradebook, one: str, other: str) -> str:
    return f"/compare?a={book.submissions(one)[0].id}&b={book.submissions(other)[-1].id}"


@contextlib.contextmanager
def _served(course: Course, book: Gradebook) -> Iterator[httpx.Client]:
    """The pages of a class, and somebody who came in."""
    runs = Runs(course, lambda: book)
    server = Server(lambda place: build(course, book, place, runs), Place(), print)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        with httpx.Client(base_url=server.place.origin, follow_redirects=True) as client:
            client.get(server.site.urls[0]).raise_for_status()
            yield client
    finally:
        server.stop()
        thread.join()


def measured(call: Callable[[], object], times: int) -> tuple[float, float]:
    """Milliseconds at the median and at the 95th percentile; the first call is not counted."""
    call()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        found.append(1000 * (time.perf_counter() - began))
    return percentile(found, 0.5), percentile(found, 0.95)


def table(course: Course, url: str, students: int, times: int) -> str:
    """The rows of one database."""
    with Gradebook(course, url) as book:
        began = time.perf_counter()
        fill(book, students)
        filled = time.perf_counter()
        recompute(book)
        worked = time.perf_counter()
        book.import_roster(list(book.people().values())[1:])
        again = time.perf_counter()
        refresh(book)
        refreshed = time.perf_counter()
        before = memory([os.getpid()]).private
        rows = [
            f"| {name} | {median:.1f} | {p95:.1f} |"
            for name, call in calls(book, random.Random(1)).items()
            for median, p95 in [measured(call, times)]
        ]
        with _served(course, book) as client:
            pages = [
                f"| {name} | {median:.1f} | {p95:.1f} |"
                for name, call in screens(book, client, random.Random(2)).items()
                for median, p95 in [measured(call, times)]
            ]
        after = memory([os.getpid()]).private
    head = [
        f"Made up in {filled - began:.0f} s; all worked out anew in {worked - filled:.0f} s, "
        f"figures of the class alone in {refreshed - again:.1f} s. "
        f"Memory before and after {times * (len(rows) + len(pages)):,} calls and pages: "
        f"{before:.0f} and {after:.0f} MiB.",
        "", "| function | median, ms | 95th percentile, ms |", "|---|---:|---:|",
    ]  # fmt: skip
    between = ["", "| page | median, ms | 95th percentile, ms |", "|---|---:|---:|"]
    return "\n".join([*head, *rows, *between, *pages])


@contextlib.contextmanager
def _postgres() -> Iterator[str | None]:
    """A new schema on a server of one's own; None where PostgreSQL is not installed."""
    sys.path.insert(0, str(ROOT / "tests"))
    from support import postgres

    folder = postgres.programs()
    if folder is None:
        yield None
        return
    with postgres.server(folder) as server:
        yield server.new()


def main() -> None:
    parser = argparse.ArgumentParser(description="Reading a class.")
    parser.add_argument("--students", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    options = parser.parse_args()
    course = Course.load(ROOT)
    if options.only != "postgres":
        with tempfile.TemporaryDirectory() as folder:
            url = str(Path(folder) / "marks.db")
            print("SQLite. " + table(course, url, options.students, options.times), flush=True)
    if options.only != "sqlite":
        with _postgres() as url_or_none:
            if url_or_none is None:
                print("PostgreSQL is not installed.")
                return
            print("\nPostgreSQL. " + table(course, url_or_none, options.students, options.times))


if __name__ == "__main__":
    main()
