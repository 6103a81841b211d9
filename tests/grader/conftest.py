"""A second course, which has nothing in common with this repository's own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.report.model import Report, encode_report

WORKSHOP = Path(__file__).resolve().parents[1] / "courses" / "workshop"
_SCHEMA = Path(__file__).resolve().parents[2] / "grader" / "report.schema.json"


@pytest.fixture(scope="session")
def workshop() -> Path:
    """The folder of the second course; nothing may be written into it."""
    return WORKSHOP


@pytest.fixture
def workshop_copy(tmp_path: Path) -> Path:
    """A copy of the second course, in a folder with a space in its name."""
    return Path(shutil.copytree(WORKSHOP, tmp_path / "a workshop"))


@pytest.fixture(scope="session")
def valid() -> Callable[[Report | str | bytes], dict[str, Any]]:
    """A report as JSON, once it is seen to follow the published schema and to add up."""
    validator = jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text("utf-8")))

    def check(report: Report | str | bytes) -> dict[str, Any]:
        text = encode_report(report) if isinstance(report, Report) else report
        found: dict[str, Any] = json.loads(text)
        validator.validate(found)
        for key in ("earned", "possible"):
            assert found[key] == sum(exercise[key] for exercise in found["exercises"])
            for exercise in found["exercises"]:
                assert exercise[key] == sum(test[key] for test in exercise["tests"])
        return found

    return check
