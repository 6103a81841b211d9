"""A second course, which has nothing in common with this repository's own."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
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


@pytest.fixture(scope="session", autouse=True)
def every_report_follows_the_schema() -> Iterator[None]:
    """Whatever a test grades in this process, its report is checked against the schema."""
    from grader.grading.engine import Grader

    validator = jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text("utf-8")))
    made = Grader._report

    def checked(grader: Grader, *args: Any) -> Report:
        report = made(grader, *args)
        validator.validate(json.loads(encode_report(report)))
        digests = [d for e in report.exercises for d in (e.suite, e.sources)]
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests)
        return report

    Grader._report = checked
    yield
    Grader._report = made


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bases leave PyTorch out: they start in a fraction of the time, for tests that need none."""
    from grader.sandbox.processes.caller import Base

    monkeypatch.setattr(Base.__init__, "__defaults__", (False,))
