"""Gradescope's results.json."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from grader.course.outline import Feedback
from grader.platforms.reports.gradescope import write
from support.exported import FULL, LATE, SETTING, golden, written

SCALED = msgspec.structs.replace(SETTING, changes=(LATE,), late="wxb", worth=Decimal(7))


def results(**options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(write, **options), parse_float=Decimal)
    return found


def test_golden() -> None:
    golden("gradescope.json", written(write, setting=SCALED))


@pytest.mark.parametrize("level", ["everything", "title", "nothing"])
@pytest.mark.parametrize("setting", [SETTING, SCALED])
def test_scores_add_up_to_the_mark(level: Any, setting: Any) -> None:
    found = results(hidden=Feedback(level), setting=setting)
    assert sum(test.get("score", 0) for test in found["tests"]) == found["score"]


def test_a_scaled_mark_is_rounded_to_two_places_and_says_so() -> None:
    found = results(setting=SCALED)
    assert found["score"] == Decimal("1.19")  # 1.15 of 6.75 of 7 is 1.1926
    assert found["tests"][-1]["output"].endswith("1.15 of 6.75 is 1.19 of 7.")


def test_what_was_not_tried_is_neither_right_nor_wrong() -> None:
    [skipped] = [t for t in results()["tests"] if t.get("extra_data") == {"outcome": "skipped"}]
    assert not {"score", "max_score", "status"} & skipped.keys()


def test_nothing_is_read_as_html() -> None:
    found = results()
    assert found["output_format"] == "text"
    assert {(t["output_format"], t["name_format"]) for t in found["tests"]} == {("text", "text")}


def test_nothing_hidden_is_shown_before_the_due_date() -> None:
    assert {test["visibility"] for test in results(setting=SCALED)["tests"]} == {"after_due_date"}
    handout = msgspec.structs.replace(SETTING, examples=True)
    assert {test["visibility"] for test in results(setting=handout)["tests"]} == {"visible"}


def test_the_first_line_says_which_isolation_was_in_force() -> None:
    assert results()["output"].splitlines()[0] == "Isolation: full."
    open_ = results(report=msgspec.structs.replace(FULL, isolation="none"))
    assert open_["output"].startswith("Isolation: NONE.")
