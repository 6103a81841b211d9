"""One student's marks in a gradebook, as a report and what changed them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from grader.classroom.gradebook.values import Adjustment
from grader.course.outline import Feedback
from grader.platforms.reports import gradescope, prairielearn
from grader.platforms.reports.export import Setting
from grader.platforms.reports.registry import called
from grader.platforms.reports.student import standing
from grader.report.model import ExerciseResult
from support.exporting import HANDED_IN, NOW, all_units, excused, given, request
from support.gradebooks import DUE, course


def results(handed_in: object = HANDED_IN) -> dict[int, ExerciseResult]:
    """Gradings by the ids that `request` gives them."""
    found: dict[int, ExerciseResult] = {}
    for number, (_, judged) in enumerate(handed_in, 1):  # type: ignore[call-overload]
        for each in judged:
            found[10 * number + len(found)] = each
    return found


def test_lateness_is_a_change_with_its_reason() -> None:
    asked = request()
    roe = asked.students[1]
    found = standing(course(), roe, course().units[:1], results().__getitem__)
    earned = found.report.earned + sum(change.earned for change in found.changes)
    assert earned == roe.earned
    assert {change.why for change in found.changes} == {
        "Handed in late: 10 % lost, so it counts 0.9 of 1."
    }
    assert found.worth == Decimal("3.5")


def test_what_a_person_decided() -> None:
    entries = [excused("doe", "length"), given("doe", "double", "0.75", 2)]
    asked = request(entries=entries)
    found = standing(course(), asked.students[0], course().units[:1], results().__getitem__)
    sums = [
        getattr(found.report, name) + sum(getattr(c, name) for c in found.changes)
        for name in ("earned", "possible")
    ]
    assert sums == [Decimal("0.75"), Decimal(1)]
    assert [change.why for change in found.changes] == [
        "It does not count for you.", "A person gave 0.75 of 1 for it.",
    ]  # fmt: skip


def test_what_was_not_handed_in_is_there_all_the_same() -> None:
    work = all_units()
    asked = request(work)
    found = standing(course(), asked.students[1], course().units, results(work).__getitem__)
    angle = found.report.exercises[-1]
    assert (angle.id, angle.outcome, angle.possible) == ("angle", "not_attempted", 2)
    assert found.worth == Decimal("5.5")


@pytest.mark.parametrize("hidden", ["everything", "title", "nothing"])
@pytest.mark.parametrize(("who", "test"), [("roe", "test_one"), ("evil", "test_two")])
def test_a_void_test_that_could_not_be_tried_is_in_the_sum(
    who: str, test: str, hidden: Any
) -> None:
    """roe's is skipped, evil's a fault of the grader's."""
    void = Adjustment(1, "void", "me", DUE, "wrong", exercise="length", test=test)
    asked = request(entries=[void])
    [student] = [each for each in asked.students if each.person.key == who]
    found = standing(course(), student, course().units[:1], results().__getitem__)
    setting = Setting(now=NOW, changes=found.changes, worth=found.worth)
    for write, key in ((gradescope.write, "score"), (prairielearn.write, "points")):
        made = json.loads(called(write, found.report, Feedback(hidden), "student", setting))
        if made.get("gradable", True):  # a fault of the grader's costs no attempt there
            total = sum(Decimal(str(entry.get(key, 0))) for entry in made["tests"])
            assert total == student.earned, key
