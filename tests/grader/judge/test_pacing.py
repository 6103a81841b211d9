"""Whose time is used, on submissions that take the seconds they are said to take."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from grader.course.outline import Limits
from grader.judge.pacing import Pacing, in_turns
from grader.sandbox.stopped import ExerciseTime, NotReached, PutOff, Reason, SlowCall

LIMITS = Limits(call=2.0, exercise=10.0)
#: A function that never gives an answer.
ENDLESS = math.inf

#: What a test calls, in order, and the seconds that each call takes.
Calls = tuple[tuple[str, float], ...]


class Marked(NamedTuple):
    """What became of each test (None: it came to its end), and what that took."""

    ends: dict[str, Reason | None]
    seconds: float
    deaths: int
    asked: Counter[str]

    @property
    def passed(self) -> set[str]:
        return {test for test, end in self.ends.items() if end is None}


def mark(tests: dict[str, Calls], limits: Limits = LIMITS, starved: bool = False) -> Marked:
    """Run tests as `Marking` does, with an imagined clock.

    Args:
        starved: every call that gives no answer looks as if the machine had been busy.
    """
    pacing = Pacing(limits, len(tests))
    ends: dict[str, Reason | None] = {}
    asked: Counter[str] = Counter()
    clock, deaths = 0.0, 0

    def run(test: str) -> tuple[Reason | None, float]:
        nonlocal clock, deaths
        left = allowed = pacing.begin(test)
        for function, seconds in tests[test]:
            granted = pacing.grant(frozenset((function,)))
            if not isinstance(granted, float):
                return granted, allowed - left
            if left <= 0:
                return pacing.told(ExerciseTime()), allowed - left
            asked[function] += 1
            most = min(limits.call, left, granted)
            took = min(seconds, most)
            clock, left = clock + took, left - took
            pacing.spend(took)
            if seconds > most:
                deaths += 1
                return pacing.told(SlowCall(most)), allowed - left
        return None, allowed - left

    def go_on(test: str) -> frozenset[str] | None:
        reason, used = run(test)
        if starved and isinstance(reason, SlowCall) and pacing.retry(used):
            reason, used = run(test)
        pacing.book(reason, used, 0.0, lambda: f"a call in {test}")
        if isinstance(reason, PutOff):
            return pacing.waits_for
        ends[test] = reason
        return None

    done = list(in_turns(pacing, list(tests), go_on))
    assert sorted(done) == sorted(tests)
    return Marked(ends, clock, deaths, asked)


def each(function: str, *seconds: float) -> dict[str, Calls]:
    """A test for each number of seconds, with one call of `function`."""
    return {f"test_{function}_{i}": ((function, s),) for i, s in enumerate(seconds)}


GOOD = {k: v for name in "bcdefghi" for k, v in each(name, 0.01, 0.01).items()}


def test_second_attempts_after_a_kill_are_the_runs_own_and_have_their_time_together() -> None:
    pacing = Pacing(LIMITS, 9)
    pacing.turn("first", [])
    for _ in range(5):
        pacing.begin("test_a")
        pacing.grant(frozenset("a"))
        assert pacing.retry(LIMITS.call, killed=True)
    assert not pacing.retry(LIMITS.call, killed=True), "the exercise's seconds are used up"


# --- one bad function costs one function ----------------------------------------------------------


def test_an_endless_function_costs_its_own_tests_and_six_seconds() -> None:
    marked = mark({**each("a", *[ENDLESS] * 4), **GOOD})
    assert marked.passed == set(GOOD)
    assert marked.seconds <= 3 * LIMITS.call + 1
    assert isinstance(marked.ends["test_a_0"], SlowCall)
    assert isinstance(marked.ends["test_a_3"], NotReached)


def test_what_was_not_reached_names_the_call_that_used_its_time_up() -> None:
    marked = mark({**each("a", *[ENDLESS] * 3), **GOOD})
    named = [end.call for end in marked.ends.values() if isinstance(end, NotReached)]
    assert named == ["a call in test_a_0"]


def test_a_function_that_is_slow_for_one_large_input_keeps_its_other_marks() -> None:
    for place in range(5):
        seconds = [0.1] * 5
        seconds[place] = ENDLESS
        marked = mark({**each("a", *seconds), **GOOD})
        assert set(marked.ends) - marked.passed == {f"test_a_{place}"}


def test_a_test_that_needs_more_than_its_share_has_the_time_that_is_left() -> None:
    marked = mark(each("a", ENDLESS, 0.1, 1.5, 0.1, 0.1))
    assert set(marked.ends) - marked.passed == {"test_a_0"}


def test_a_function_just_within_the_call_limit_costs_its_own_tests() -> None:
    """Nine calls of 1.9 s are more than an exercise has; the other functions do not pay for it."""
    marked = mark({**each("a", *[1.9] * 9), **GOOD})
    assert set(GOOD) < marked.passed
    assert len(marked.passed) - len(GOOD) == 5, "as many as the exercise's time holds"
    lost = [end for end in marked.ends.values() if end is not None]
    assert all(isinstance(end, NotReached | ExerciseTime) for end in lost)


def test_one_long_test_has_the_exercise_s_time_and_no_more() -> None:
    assert mark({"test_a": (("a", 1.0),) * 9}).passed == {"test_a"}
    long = mark({"test_a": (("a", 1.0),) * 11})
    assert long.ends == {"test_a": ExerciseTime()}


def test_many_slow_functions_do_not_cost_the_quick_ones() -> None:
    slow = {k: v for name in "klmnop" for k, v in each(name, 1.9, 1.9).items()}
    assert set(GOOD) <= mark({**slow, **GOOD}).passed


def test_a_test_of_two_functions_needs_both() -> None:
    tests = {**each("a", ENDLESS, ENDLESS), "test_both": (("b", 0.1), ("a", ENDLESS)), **GOOD}
    marked = mark(tests)
    assert marked.passed == set(GOOD)
    assert not isinstance(marked.ends["test_both"], PutOff | None)


def test_a_function_that_sleeps_has_one_second_attempt() -> None:
    marked = mark({**each("a", *[ENDLESS] * 5), **GOOD}, starved=True)
    assert marked.passed == set(GOOD)
    assert marked.seconds <= 4 * LIMITS.call + 1


def test_a_second_attempt_is_charged_to_nobody() -> None:
    pacing = Pacing(LIMITS, 1)
    pacing.begin("test_a")
    assert pacing.grant(frozenset("a")) == 4.0
    pacing.spend(2.0)
    assert pacing.retry(2.0)
    pacing.begin("test_a")
    assert pacing.grant(frozenset("a")) == 4.0
    pacing.spend(2.0)
    assert not pacing.retry(2.0), "one is enough to tell a busy machine"


def test_what_a_run_took_before_it_began_anew_is_charged_to_nobody() -> None:
    pacing = Pacing(LIMITS, 1)
    allowed, whose = pacing.begin("test"), frozenset(("f",))
    granted = pacing.grant(whose)
    pacing.spend(1.0)
    pacing.again()
    assert pacing.grant(whose) == granted
    assert pacing.begin("test") == allowed


def test_the_judges_own_time_counts() -> None:
    """A function whose answers keep the judge busy is late, and the rest has its time."""
    pacing = Pacing(LIMITS, 3)
    pacing.begin("test_a")
    pacing.grant(frozenset("a"))
    pacing.spend(0.1)
    pacing.book(None, 0.1, 30.0, lambda: "a(7)")
    pacing.begin("test_b")
    assert pacing.grant(frozenset("a")) == PutOff()
    assert pacing.grant(frozenset("b")) == 4.0
    pacing.turn("last", [])
    assert pacing.begin("test_b") == 10.0, "the function had it, not the exercise"
    pacing.grant(frozenset("a"))
    pacing.book(None, 0.0, 11.0, lambda: "a(8)")
    assert pacing.begin("test_c") == 0.0
    assert pacing.grant(frozenset("a")) == NotReached("a(7)")


def test_a_module_that_cannot_be_loaded_is_not_tried_again() -> None:
    pacing = Pacing(LIMITS, 2)
    pacing.give_up(ExerciseTime())
    pacing.begin("test_a")
    assert pacing.grant(frozenset("a")) == ExerciseTime()


def test_what_is_no_function_s_is_the_test_s() -> None:
    pacing = Pacing(LIMITS, 2)
    pacing.begin("test_a")
    assert pacing.grant(frozenset()) == 4.0
    assert pacing.waits_for == {"test_a"}


# --- whatever the order ---------------------------------------------------------------------------

NEEDS = st.sampled_from([0.01, 0.05, 0.3, 1.9, ENDLESS])
SUITES = st.dictionaries(
    st.integers(0, 11).map("test_{}".format),
    st.lists(st.tuples(st.sampled_from("abcde"), NEEDS), min_size=1, max_size=4).map(tuple),
    min_size=1,
    max_size=12,
)


def is_good(function: str, tests: dict[str, Calls]) -> bool:
    """Whether a function's calls, all together, stay within what each function has."""
    seconds = [s for calls in tests.values() for name, s in calls if name == function]
    return max(seconds, default=0) < LIMITS.call and sum(seconds) < LIMITS.call


@given(tests=SUITES)
def test_tests_of_good_functions_pass_beside_any_others(tests: dict[str, Calls]) -> None:
    marked = mark(tests)
    good = {name for name in "abcde" if is_good(name, tests)}
    for test, calls in tests.items():
        if {name for name, _ in calls} <= good:
            assert marked.ends[test] is None


@given(bad=st.sets(st.sampled_from("abcde")), large=st.data())
def test_the_order_of_the_tests_decides_nothing(bad: set[str], large: st.DataObject) -> None:
    """Endless functions, functions with one large input, good ones: in any order the same marks."""
    one = large.draw(st.sets(st.sampled_from("abcde")))
    tests: dict[str, Calls] = {}
    for name in "abcde":
        small = [ENDLESS if name in bad else 0.1] * 3
        tests |= each(name, *([ENDLESS] if name in one else []), *small)
    expected = mark(tests).passed
    assert expected == {t for t, ((_, seconds),) in tests.items() if seconds < ENDLESS}
    order = large.draw(st.permutations(list(tests)))
    assert mark({test: tests[test] for test in order}).passed == expected


@given(tests=SUITES, starved=st.booleans())
def test_the_worst_case_is_bounded(tests: dict[str, Calls], starved: bool) -> None:
    """No suite takes longer than `Limits.longest`, or ends more workers than three a test."""
    marked = mark(tests, starved=starved)
    functions = {name for calls in tests.values() for name, _ in calls}
    assert marked.seconds <= LIMITS.longest(len(tests)) + 1e-9
    assert marked.seconds <= LIMITS.longest(min(len(tests), len(functions))) + 1e-9
    assert marked.deaths <= 3 * len(tests) + len(functions)
    for end in marked.ends.values():
        assert not isinstance(end, PutOff)
        assert not isinstance(end, NotReached) or end.call.startswith("a call in test_")


def test_the_worst_that_was_found() -> None:
    """Nine functions that never answer, with three tests each: 46 s of what are at most 118."""
    tests = {k: v for name in "abcdefghi" for k, v in each(name, *[ENDLESS] * 3).items()}
    marked = mark(tests)
    assert math.isclose(marked.seconds, 9 * 2 * LIMITS.call + LIMITS.exercise)
    assert marked.seconds <= LIMITS.longest(9) == 118.0
