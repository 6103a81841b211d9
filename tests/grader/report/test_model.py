"""The report as a document: exact numbers, one schema, read back as it was."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.reading import shape
from grader.report import model
from grader.report.model import (
    Diagnosis,
    ExerciseResult,
    Report,
    decode_report,
    encode_report,
    report_schema,
)
from support.places import ROOT


def report(earned: Decimal = Decimal("0.30"), message: str = "") -> Report:
    test = model.TestResult(
        "test_a", "It holds.", "failed", earned, Decimal("0.5"), message, 1.5, "x"
    )
    idea = Diagnosis("Adds", "What do you add?", ("test_a",))
    exercise = ExerciseResult("a", "u", "A?", "failed", earned, Decimal("0.5"), (test,), (idea,))
    return Report(
        course="C", suite="0" * 64, grader="0.1.0", isolation="full", student="ada",
        submission="1" * 64, earned=earned, possible=Decimal("0.5"), exercises=(exercise,),
        notes=("A note.",), seed=0,
    )  # fmt: skip


def test_a_report_is_the_document_that_is_promised(valid: Callable[..., Any]) -> None:
    found = valid(report())
    assert list(found) == [
        "format", "course", "suite", "grader", "isolation", "student", "submission", "earned",
        "possible", "exercises", "notes", "seed", "viewer",
    ]  # fmt: skip
    (exercise,) = found["exercises"]
    assert {"id", "unit", "title", "outcome", "earned", "possible"} < exercise.keys()
    assert {"id", "title", "outcome", "earned", "possible", "message", "ms"} < exercise["tests"][
        0
    ].keys()
    assert {"misconception", "hint"} < exercise["diagnoses"][0].keys()
    assert found["format"] == 1


def test_points_are_plain_numbers_and_exact() -> None:
    text = encode_report(report(Decimal("0.1") + Decimal("0.2"))).decode()
    assert '"earned":0.3,' in text
    assert json.loads(text, parse_float=Decimal)["earned"] == Decimal("0.3")


def test_a_report_reads_back_as_it_was() -> None:
    assert decode_report(encode_report(report(message="ä\n✓"))) == report(message="ä\n✓")


@given(st.decimals(0, 1000, places=4), st.text())
def test_fuzz_any_report_follows_the_schema(points: Decimal, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    data = encode_report(report(points, text))
    jsonschema.validate(json.loads(data), report_schema())
    assert decode_report(data).earned == points


def test_the_schema_on_disk_is_the_one_of_the_code() -> None:
    written = (ROOT / "grader" / "report.schema.json").read_text("utf-8")
    assert written == json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"
    jsonschema.Draft202012Validator.check_schema(report_schema())


def descriptions(schema: Any) -> Iterator[str]:
    """Every description in a schema."""
    parts = schema.values() if isinstance(schema, dict) else schema
    if isinstance(schema, dict) and isinstance(schema.get("description"), str):
        yield schema["description"]
    for part in parts:
        if isinstance(part, dict | list):
            yield from descriptions(part)


@pytest.mark.parametrize("schema", [report_schema, shape.schema])
def test_descriptions_are_the_same_with_every_python(schema: Callable[[], Any]) -> None:
    """Python 3.13 takes the indentation of docstrings away; what is written has none."""
    found = list(descriptions(schema()))
    assert found
    assert found == [inspect.cleandoc(text) for text in found]


WRONG: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another format": lambda r: r.update(format=2),
    "no student": lambda r: r.pop("student"),
    "points as text": lambda r: r.update(earned="0.3"),
    "an unknown outcome": lambda r: r["exercises"][0].update(outcome="fine"),
    "an unknown isolation": lambda r: r.update(isolation="some"),
    "a test without points": lambda r: r["exercises"][0]["tests"][0].pop("possible"),
    "a diagnosis without a hint": lambda r: r["exercises"][0]["diagnoses"][0].pop("hint"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_report_is_refused(kind: str) -> None:
    found = json.loads(encode_report(report()))
    WRONG[kind](found)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, report_schema())
    if kind != "points as text":  # which msgspec reads exactly, too
        with pytest.raises(msgspec.ValidationError):
            decode_report(json.dumps(found))
