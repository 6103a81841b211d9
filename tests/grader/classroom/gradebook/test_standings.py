"""Where everybody stands: kept hand-in by hand-in, it is what comes out of all of them anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight.refresh import is_behind, recompute, refresh
from support.gradebooks import ANGLE, DAY, DOE, DOUBLE, DUE, LENGTH, ROE, attempt, blank, course
from support.gradebooks import result as judged

Open = Callable[..., Gradebook]

ROWS = ("standing", "held", "progress")
DERIVED = (*ROWS, "idea", "trait")
WRONG = "Wrong shape: expected (2,), got (3,)."


def rows(book: Gradebook, names: tuple[str, ...] = ROWS) -> dict[str, list[Any]]:
    """What is kept for figures, in one order."""
    engine = create_engine(book._database.place.url)
    with engine.connect() as connection:
        found = {
            name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}"))))
            for name in names
        }
    engine.dispose()
    return found


def emptied(book: Gradebook) -> None:
    engine = create_engine(book._database.place.url)
    with engine.begin() as connection:
        for name in DERIVED:
            connection.execute(text(f"DELETE FROM {name}"))
    engine.dispose()


class Class:
    """A class at work, by chance: hand-ins, times that come later, regrades, people who leave."""

    def __init__(self, book: Gradebook, chance: random.Random) -> None:
        self.book, self.chance = book, chance
        self.students = ["doe", "roe", "poe"]
        self.submissions: list[int] = []
        self.made: list[Any] = []

    def step(self) -> None:
        chance = self.chance
        kind = chance.randrange(10)
        if kind < 6 or not self.made:
            self._hand_in()
        elif kind == 6:  # its time, or its team, is known later
            one = chance.choice(self.made)
            later = msgspec.structs.replace(
                one,
                at=DUE - chance.randrange(5) * DAY,
                team=tuple(chance.sample(self.students, chance.randrange(3))),
            )
            self.book.settle(later)
        elif kind == 7:
            gradings = self.book.keep([self._result(LENGTH)])
            self.book.replace(chance.choice(self.submissions), gradings, "regrade")
        elif kind == 8:
            people = chance.sample([DOE, ROE], chance.randrange(1, 3))
            self.book.import_roster(people)
        elif len(self.book.people(everyone=True)) > 1:
            key = chance.choice(sorted(self.book.people(everyone=True)))
            gone = {each.id for each in self.book.submissions(key) if len(each.students) == 1}
            self.book.erase(key)
            self.submissions = [each for each in self.submissions if each not in gone]
            self.made = [each for each in self.made if key not in (each.student, *each.team)]
            if not self.submissions:
                self.made = []

    def _hand_in(self) -> None:
        chance = self.chance
        unit = chance.choice(["01_a", "02_b", None])
        exercises = {"01_a": [LENGTH, DOUBLE], "02_b": [ANGLE]}.get(
            unit or "", [LENGTH, DOUBLE, ANGLE]
        )
        one = msgspec.structs.replace(
            attempt(
                chance.choice(self.students), chance.randrange(1, 4), unit,
                chance.choice([None, DUE, DUE - DAY, DUE + DAY]), digest=f"{chance.random()}",
            ),
            source=chance.choice(["canvas", "gradescope", "folder"]),
        )  # fmt: skip
        results = [blank(e) if chance.random() < 0.2 else self._result(e) for e in exercises]
        self.submissions.append(self.book.settle(one, results))
        self.made.append(one)

    def _result(self, exercise: Any) -> Any:
        outcomes = {
            test: self.chance.choice(["passed", "passed", "failed", "timeout", "skipped"])
            for test in exercise.tests
        }
        found = judged(exercise, outcomes, f"{self.chance.random()}", message=WRONG)
        return msgspec.structs.replace(found, diagnoses=found.diagnoses[: self.chance.randrange(2)])


def check(book: Gradebook) -> None:
    """What was kept is what comes out anew, also of a gradebook that has nothing of it."""
    kept = rows(book, DERIVED)
    recompute(book)
    assert rows(book, DERIVED) == kept
    emptied(book)
    recompute(book)
    again = rows(book, DERIVED)
    assert {name: again[name] for name in ROWS} == {name: kept[name] for name in ROWS}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**9), steps=st.integers(1, 15))
def test_kept_as_they_come_is_worked_out_anew(tmp_path: Path, seed: int, steps: int) -> None:
    file = tmp_path / "marks.db"
    for path in tmp_path.glob("marks.db*"):
        path.unlink()
    with Gradebook(course(), str(file)) as book:
        work = Class(book, random.Random(seed))
        for _ in range(steps):
            work.step()
        check(book)


def test_the_same_with_either_database(book: Gradebook) -> None:
    work = Class(book, random.Random(20))
    for _ in range(25):
        work.step()
    check(book)


@pytest.fixture
def counted(book: Gradebook) -> Gradebook:
    """Doe hands in three times, by a source that keeps every attempt."""
    book.import_roster([DOE, ROE])
    for number, outcome in enumerate(("failed", "failed", "passed"), 1):
        one = msgspec.structs.replace(
            attempt("doe", number, at=DUE - (4 - number) * DAY), source="gradescope"
        )
        book.settle(one, [judged(LENGTH, {"test_one": outcome}, f"s{number}", message=WRONG)])
    return book


def test_attempts_scores_and_what_was_wrong(counted: Gradebook) -> None:
    [row] = counted.listing.standings("doe")
    assert (row.attempts, row.sure, row.passed_on, row.same) == (3, True, 3, 0)
    assert (row.first_score, row.last_score, row.best_score) == (4000, 10000, 10000)
    [held] = counted.listing.held(["doe"])
    assert (held.what, held.times, held.still) == ("Idea", 2, False)


@pytest.mark.parametrize(
    ("source", "number", "at", "origin"),
    [
        ("canvas", 1, DUE, "submissions.zip: doe_1.py"),  # a zip has the last one alone
        ("moodle", 1, DUE, ""),
        ("gradescope", 2, DUE, ""),  # the first one is not there
        ("gradescope", 1, None, ""),
        ("nbgrader", 1, DUE, "submitted: doe/01_a"),
    ],
)
def test_a_first_attempt_is_not_known(
    book: Gradebook, source: str, number: int, at: Any, origin: str
) -> None:
    one = msgspec.structs.replace(
        attempt("doe", number, at=at), source=source, origin=origin, number=number
    )
    book.settle(one, [judged(LENGTH)])
    assert [row.sure for row in book.listing.standings("doe")] == [False]


def test_new_points_are_reckoned_when_figures_are_read(counted: Gradebook, open_book: Open) -> None:
    assert refresh(counted)
    other = msgspec.structs.replace(LENGTH, tests={"test_one": Decimal(9), "test_two": Decimal(1)})
    old = course()
    units = (msgspec.structs.replace(old.units[0], exercises=(other, DOUBLE)), old.units[1])
    again = open_book(msgspec.structs.replace(old, units=units))
    assert is_behind(again)
    assert refresh(again)
    [row] = again.listing.standings("doe")
    assert row.first_score == 1000


def test_figures_are_behind_after_each_change_and_not_otherwise(counted: Gradebook) -> None:
    assert refresh(counted)
    assert not refresh(counted)
    counted.settle(attempt("doe", 3, at=DUE - DAY))
    assert refresh(counted)
    counted.import_roster([DOE, ROE])
    assert not is_behind(counted)
    counted.import_roster([DOE])
    assert refresh(counted)
    counted.erase("roe")
    assert refresh(counted)
    counted.settle(attempt("doe", 4), [judged(LENGTH, test_one="failed", sources="s4")])
    assert not refresh(counted, every=3600.0)
    assert is_behind(counted)


def test_a_team_counts_for_all_of_it(book: Gradebook) -> None:
    book.settle(attempt("doe", team=("doe", "roe")), [judged(LENGTH)])
    assert [len(book.listing.standings(key)) for key in ("doe", "roe")] == [1, 1]
    book.settle(attempt("doe", team=("doe",)), [judged(LENGTH)])
    assert [len(book.listing.standings(key)) for key in ("doe", "roe")] == [1, 0]


def test_late_times_put_attempts_in_order(book: Gradebook) -> None:
    book.settle(attempt(number=1, at=None), [judged(LENGTH, test_one="failed")])
    book.settle(attempt(number=2, at=None), [judged(LENGTH, sources="s2")])
    assert book.listing.standings("doe")[0].last_passed
    book.settle(attempt(number=1, at=DUE))
    book.settle(attempt(number=2, at=DUE - timedelta(hours=1)))
    assert not book.listing.standings("doe")[0].last_passed


def test_two_who_settle_one_students_work_at_a_time_lose_nothing(url: str, open_book: Open) -> None:
    """The second waits for the first, and counts what the first has written."""
    book = open_book()
    book.import_roster([DOE, ROE])

    def settle(start: int) -> None:
        with Gradebook(course(), url) as own:
            for number in range(start, 24, 2):
                one = attempt("doe", number, team=("doe", "roe") if number % 3 else ())
                own.settle(one, [judged(LENGTH, test_one="failed", sources=f"s{number}")])

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(settle, (1, 2)))
    assert book.listing.standings("doe")[0].attempts == 23
    check(book)
