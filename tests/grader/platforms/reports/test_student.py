"""One student's marks in a gradebook, as a report and what changed them."""

from __future__ import annotations

from decimal import Decimal

from grader.platforms.reports.student import standing
from grader.report.model import ExerciseResult
from support.exporting import HANDED_IN, all_units, excused, given, request
from support.gradebooks import course


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
