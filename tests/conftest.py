"""Settings for every test: hypothesis profiles, and nothing left behind."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, settings

from grader.report.model import Report, encode_report

_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

# A fixed seed for everyday runs: a failure is then a change, not luck. `make fuzz` looks further.
settings.register_profile("everyday", deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("fuzz", deadline=None, max_examples=5000, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))

_SCHEMA = Path(__file__).resolve().parents[1] / "grader" / "report.schema.json"


@pytest.fixture(scope="session", autouse=True)
def every_report_follows_the_schema() -> Iterator[None]:
    """Whatever a test grades in this process, its report is checked against the schema."""
    from grader.grading.engine import Grader

    validator = jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text("utf-8")))
    made = Grader._report

    def checked(grader: Grader, *args: Any) -> Report:
        report = made(grader, *args)
        validator.validate(json.loads(encode_report(report)))
        return report

    Grader._report = checked
    yield
    Grader._report = made


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bases leave PyTorch out: they start in a fraction of the time, for tests that need none."""
    from grader.sandbox.processes.caller import Base

    monkeypatch.setattr(Base.__init__, "__defaults__", (False,))
