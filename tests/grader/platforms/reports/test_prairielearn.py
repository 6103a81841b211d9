"""PrairieLearn's results.json."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec

from grader.platforms.reports.prairielearn import FAULT, LIMIT, write
from support.exported import FULL, LATE, LOADING, SETTING, exercise, golden, outcome_of, report_of
from support.exported import written as file_of

LATER = msgspec.structs.replace(SETTING, changes=(LATE,), late="wxb")


def results(**options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file_of(write, **options), parse_float=Decimal)
    return found


def test_golden() -> None:
    golden("prairielearn.json", file_of(write, setting=LATER))


def test_the_score_is_the_share_of_what_is_written() -> None:
    found = results(setting=LATER)
    earned = sum(test["points"] for test in found["tests"])
    possible = sum(test["max_points"] for test in found["tests"])
    assert (earned, possible) == (Decimal("1.15"), Decimal("6.75"))
    assert abs(found["score"] - earned / possible) <= Decimal("0.0000005")
    assert found["gradable"] is True


def test_right_is_exactly_one() -> None:
    right = outcome_of("test_x", "T.", "passed", "0.75")
    assert results(report=report_of(exercise("x", "u", "passed", right)))["score"] == 1


def test_a_fault_of_the_graders_own_costs_no_attempt() -> None:
    parts = [outcome_of("test_x", "T.", "passed", "1"),
             outcome_of("test_y", "U.", "grader_fault", "1", "ours")]  # fmt: skip
    found = results(report=report_of(exercise("x", "u", "passed", *parts)))
    assert found == {"gradable": False, "score": 0, "format_errors": [FAULT]}


def test_files_that_cannot_be_loaded_cost_no_attempt() -> None:
    found = results(report=report_of(FULL.exercises[2]))
    assert found["gradable"] is False
    assert LOADING in found["format_errors"][0]


def test_an_untouched_stub_is_graded() -> None:
    assert results(report=report_of(FULL.exercises[3]))["gradable"] is True


def test_more_than_prairielearn_takes_is_cut() -> None:
    loud = [outcome_of(f"test_{n}", "T.", "failed", "1", "m" * 9000) for n in range(200)]
    data = file_of(write, report_of(exercise("x", "u", "failed", *loud)))
    assert len(data) <= LIMIT
    assert len(json.loads(data)["tests"]) == 200
