"""Sessions end by themselves, and their number is bounded."""

from __future__ import annotations

from grader.web import session
from grader.web.door import Identity
from grader.web.session import IDLE, OLDEST, Sessions

ANN = Identity(key="ann")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_is_found_until_it_was_idle_for_too_long() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    one = sessions.begin(ANN)
    clock.now += IDLE
    assert sessions.find(one.id) is one
    clock.now += IDLE
    assert sessions.find(one.id) is one
    clock.now += IDLE + 1
    assert sessions.find(one.id) is None
    assert len(sessions) == 0


def test_a_session_that_is_used_all_the_time_ends_too() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    one = sessions.begin(ANN)
    while clock.now + IDLE <= OLDEST:
        clock.now += IDLE
        assert sessions.find(one.id) is one
    clock.now += IDLE
    assert sessions.find(one.id) is None


def test_ids_are_random_and_unlike_what_forms_carry() -> None:
    sessions = Sessions()
    both = [sessions.begin(ANN) for _ in range(2)]
    values = {value for each in both for value in (each.id, each.csrf)}
    assert len(values) == 4
    assert min(map(len, values)) >= 40
    sessions.end(both[0].id)
    sessions.end("nobody")
    assert sessions.find(both[0].id) is None
    assert sessions.find(both[1].id) is both[1]
    assert sessions.find("") is None


def test_there_are_never_more_than_the_most() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    first = sessions.begin(ANN)
    for number in range(session.MOST - 1):
        clock.now += 1
        sessions.begin(Identity(key=f"{number}"))
    sessions.find(first.id)  # used last: it is not the one that goes
    sessions.begin(Identity(key="one more"))
    assert len(sessions) == session.MOST
    assert sessions.find(first.id) is first


def test_who_signs_in_without_end_sends_nobody_else_out() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    other = sessions.begin(Identity(key="ben"))
    mine = []
    for _ in range(session.MOST * 2):
        clock.now += 1
        mine.append(sessions.begin(ANN))
    assert len(sessions) == session.EACH + 1
    assert sessions.find(other.id) is other
    assert sessions.find(mine[-1].id) is mine[-1]


def test_asking_is_no_use() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    one = sessions.begin(ANN)
    clock.now += IDLE
    assert sessions.holds(one.id)
    clock.now += 1
    assert not sessions.holds(one.id)
    assert not sessions.holds("nobody")
