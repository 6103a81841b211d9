"""Classroom 50's result.json: what its runner and its collector ask of it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from grader.errors import UsageError
from grader.platforms.reports.classroom50 import write
from grader.platforms.reports.export import Change
from support.exported import LATE, RUNNER, SETTING, exercise, golden, outcome_of, report_of
from support.exported import written as file_of

HERE = msgspec.structs.replace(SETTING, environ=RUNNER)
#: The part of classroom50/result/v1 that a structure can be held to.
SCHEMA = json.loads((Path(__file__).parent / "classroom50.schema.json").read_text("utf-8"))


def result(setting: Any = HERE, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file_of(write, setting=setting, **options))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert sum(test["score"] for test in found["tests"]) == found["score"] <= found["max-score"]
    assert sum(test["max-score"] for test in found["tests"]) == found["max-score"]
    assert all(test["score"] <= test["max-score"] for test in found["tests"])
    return found


def test_golden() -> None:
    golden("classroom50.json", file_of(write, setting=HERE))


def test_quarters_become_whole_numbers_and_it_says_how() -> None:
    found = result()
    assert (found["score"], found["max-score"]) == (5, 27)  # four times 1.25 of 6.75
    assert found["tests"][0]["scale"].startswith("4 times the points")


def test_what_lateness_leaves_is_rounded_as_a_whole() -> None:
    found = result(msgspec.structs.replace(HERE, changes=(LATE,)))
    assert found["score"] == 5  # 4 × 1.15 = 4.6


@pytest.mark.parametrize("lost", ["0.1", "0.2", "0.333", "0.4"])
def test_many_rests_add_up_to_the_rounded_total(lost: str) -> None:
    parts = [
        exercise(f"e{n}", "u", "passed", outcome_of("test_x", "T.", "passed", "0.75"))
        for n in range(7)
    ]
    taken = tuple(Change(e.id, "Late.", -Decimal(lost) * e.earned) for e in parts)
    found = result(msgspec.structs.replace(HERE, changes=taken), report=report_of(*parts))
    exact = 4 * sum((e.earned for e in parts), Decimal(0)) * (1 - Decimal(lost))
    assert abs(found["score"] - exact) <= Decimal("0.5")


def test_the_time_is_that_of_the_submission() -> None:
    assert result()["datetime"] == "2027-02-01T10:20:30Z"
    assert result()["graded_at"] == "2027-02-01T10:21:00Z"
    assert result()["review"] == RUNNER["COMMIT_URL"]


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, "CLASSROOM, ASSIGNMENT, OWNER, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL are not set"),
        ({**RUNNER, "OWNER": ""}, "OWNER is not set"),
        ({**RUNNER, "SUBMISSION_TAG": "v1"}, "SUBMISSION_TAG is 'v1'; expected submit/2027"),
    ],
)
def test_what_its_runner_does_not_say_is_asked_for(environ: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        file_of(write, setting=msgspec.structs.replace(SETTING, environ=environ))
