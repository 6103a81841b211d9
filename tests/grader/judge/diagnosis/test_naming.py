"""Which of several ideas is named, on evidence made by hand."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.judge.diagnosis.evidence import Evidence, Tally
from grader.judge.diagnosis.naming import Candidate, names


def idea(
    name: str,
    replaces: int = 1,
    departs: Callable[[], int] = lambda: 1,
    hint: str = "",
    **evidence: Evidence,
) -> Candidate:
    return Candidate(name, hint or f"{name}?", replaces, evidence, departs)


def seen(
    explained: int, against: int = 0, other: int = 0, apart: int = 0, guards: int = 0
) -> Evidence:
    value = Tally(explained, against, other, apart)
    return Evidence(value, guard=Tally(against=guards), exact=0)


SURE = seen(3)


def test_a_function_in_which_nothing_holds_has_no_name() -> None:
    assert names([]) == {}
    assert names([idea("A", f=seen(1, against=1))]) == {}


def test_each_function_is_looked_at_by_itself() -> None:
    other = seen(3, other=1)
    ideas = [idea("A", 2, f=SURE, f_torch=other), idea("B", f_torch=SURE)]
    assert names(ideas) == {"f": "A", "f_torch": "B"}


def test_the_one_with_the_least_against_it_wins() -> None:
    doubted = seen(9, against=1)
    assert names([idea("A", f=doubted), idea("B", 2, f=SURE)]) == {"f": "B"}
    apart = seen(9, apart=2)
    assert names([idea("A", f=doubted), idea("B", f=apart)]) == {"f": "B"}
    guarded = seen(3, guards=1)
    assert names([idea("A", f=guarded), idea("B", 2, f=SURE)]) == {"f": "B"}


def test_one_idea_in_two_functions_is_told_once() -> None:
    both = idea("Both", 2, f=SURE, f_torch=SURE)
    ideas = [idea("A", f=SURE), both, idea("B", f_torch=SURE)]
    assert names(ideas) == {"f": "Both", "f_torch": "Both"}


def test_equal_roundings_tell_one_formula_from_another() -> None:
    rounded = msgspec.structs.replace(SURE, exact=2)
    assert names([idea("A", f=SURE), idea("B", 2, f=rounded)]) == {"f": "B"}


def test_the_narrowest_wins_where_the_twin_is_right() -> None:
    assert names([idea("A", 2, f=SURE), idea("B", f=SURE)]) == {"f": "B"}


def test_then_the_one_that_departs_least() -> None:
    ideas = [idea("A", departs=lambda: 5, f=SURE), idea("B", departs=lambda: 4, f=SURE)]
    assert names(ideas) == {"f": "B"}


def test_departures_are_counted_only_for_a_tie() -> None:
    def never() -> int:
        raise AssertionError

    assert names([idea("A", 2, never, f=SURE), idea("B", 1, never, f=SURE)]) == {"f": "B"}


def test_a_tie_names_none_unless_they_say_the_same() -> None:
    assert names([idea("A", f=SURE), idea("B", f=SURE)]) == {}
    assert names([idea("A", hint="x", f=SURE), idea("B", hint="x", f=SURE)]) == {"f": "A"}
