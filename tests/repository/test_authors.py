"""docs/authors.md says what each key of course.yaml means, what suites are given, and the gate."""

from __future__ import annotations

import re
from typing import Any

import pytest

import grader
from grader.cli.app import app
from grader.course.reading.shape import schema
from grader.judge import fixtures
from grader.sandbox.proxy import Student
from support.places import ROOT

TEXT = (ROOT / "docs" / "authors.md").read_text("utf-8")
DEFINED: dict[str, Any] = schema()["$defs"]
MODELS = {
    "### The course": schema(),
    "### `limits`": DEFINED["LimitsModel"],
    "### `late`": DEFINED["LateModel"],
    "### `attempts`": DEFINED["AttemptsModel"],
    "### A unit": DEFINED["UnitModel"],
    "### An exercise": DEFINED["ExerciseModel"],
}


@pytest.mark.parametrize("heading", MODELS)
def test_every_key_has_its_row(heading: str) -> None:
    section = re.split(r"\n##+ ", TEXT[TEXT.index(heading) + len(heading) :])[0]
    told = re.findall(r"(?m)^\| `(\w+)` \|", section)
    assert told == list(MODELS[heading]["properties"])
    required = set(MODELS[heading].get("required", ()))
    needed = set(re.findall(r"(?m)^\| `(\w+)` \|.*\| must be there \|$", section))
    assert needed == required


def test_every_word_of_feedback_is_told() -> None:
    (values,) = (p["enum"] for p in DEFINED["FeedbackModel"]["properties"].values())
    section = TEXT[TEXT.index("### `feedback`") : TEXT.index("### `late`")]
    assert set(values) <= set(re.findall(r"`(\w+)`:", section))


def test_every_fixture_and_helper_is_told() -> None:
    section = TEXT[TEXT.index("## What a suite can ask") : TEXT.index("## What makes a suite good")]
    rows = set(re.findall(r"(?m)^\| `(\w+)", section))
    given = {name for name in ("student", "rng", "torch") if hasattr(fixtures, name)}
    assert given == {"student", "rng", "torch"}
    assert rows == given | {"assert_close", "awkward"}
    assert {"assert_close", "awkward"} <= set(grader.__all__)
    parts = set(re.findall(r"`student\.(\w+)", section)) - {"f"}
    public = {name for name in dir(Student) if not name.startswith("_")} | {"keep", "inplace"}
    assert public == parts


def test_every_command_of_the_page_is_one() -> None:
    commands = {command.name for command in app.registered_commands}
    assert set(re.findall(r"grade (\w+)", TEXT)) <= commands
