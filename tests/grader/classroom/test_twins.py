"""Who is judged for what is alike, and who waits."""

from __future__ import annotations

from grader.classroom.twins import Twins

A, B, C = (("a", "s"), ("b", "s"), ("c", "s"))


def test_a_hand_in_waits_for_what_another_is_being_judged_for() -> None:
    twins: Twins[str] = Twins()
    twins.begin([A, B])
    assert twins.awaited([B, C]) == {B}
    twins.begin([C])
    twins.hold("second", [B])
    assert twins.ready() is None
    twins.hold("first", [])
    assert twins.ready() == "first"
    assert twins.ready() is None
    twins.end([A, B])
    assert twins.ready() == "second"
    assert twins.ready() is None
    assert twins.awaited([C]) == {C}


def test_a_chain_ends_one_after_another() -> None:
    twins: Twins[str] = Twins()
    twins.begin([A])
    twins.begin([B])
    twins.begin([C])
    twins.hold("third", [B])
    twins.hold("second", [A])
    assert twins.ready() is None
    twins.end([A])
    assert twins.ready() == "second"
    assert twins.ready() is None, "the second is not settled yet"
    twins.end([B])
    assert twins.ready() == "third"


def test_nobody_waits_for_luck() -> None:
    twins: Twins[str] = Twins()
    twins.begin([A, B])
    twins.hold("other", [A])
    twins.luck.add(A)
    assert twins.awaited([A, B]) == {B}
    assert twins.ready() == "other"
    twins.begin([A])
    assert twins.awaited([A]) == frozenset()


def test_nobody_waits_where_everyone_is_judged() -> None:
    twins: Twins[str] = Twins(everyone=True)
    twins.begin([A])
    assert twins.awaited([A]) == frozenset()
