"""What programs say of tests: those nobody fails, that agree, that waver."""

from __future__ import annotations

from typing import get_args

from grader.classroom.statistics.suites import (
    LETTERS,
    OUTCOMES,
    agreeing,
    outcome_counts,
    pattern,
    quiet,
    wavering,
)
from grader.report.model import Outcome


def test_each_outcome_has_a_letter_of_its_own() -> None:
    assert LETTERS.keys() == set(get_args(Outcome))
    assert {OUTCOMES[letter]: letter for letter in OUTCOMES} == LETTERS
    assert pattern(["passed", "failed", "not_attempted"]) == "pfn"


def test_counts_by_test() -> None:
    assert outcome_counts({"pf": 2, "pp": 1}, 2) == [{"passed": 3}, {"failed": 2, "passed": 1}]


def test_a_test_that_nobody_fails() -> None:
    # The third was never run; of the first, one program says nothing.
    assert quiet({"pfs": 3, "pps": 4, "nfs": 1}, 3) == [(0, 7)]
    assert quiet({}, 2) == []


def test_tests_that_always_agree() -> None:
    found = agreeing({"ppp": 5, "ffp": 2, "efp": 1, "npp": 9}, 3)
    assert [tuple(each) for each in found] == [(0, 1, 8, 3)]


def test_what_all_pass_or_all_lose_says_nothing_of_agreement() -> None:
    assert agreeing({"pp": 9}, 2) == []
    assert agreeing({"ff": 9}, 2) == []
    assert agreeing({"pp": 1, "pf": 1, "ff": 1}, 2) == []


def test_the_same_text_that_ended_differently() -> None:
    assert wavering(["ppt", "ppp", "ppp"]) == {2: ("timeout", "passed")}
    assert wavering(["pp", "pp"]) == {}
    assert wavering([]) == {}
