"""Every report against the published schema."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from grader.report.model import Report, encode_report
from support.places import ROOT

_SCHEMA = ROOT / "grader" / "report.schema.json"
_VALIDATOR = jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text("utf-8")))


def document(report: Report | str | bytes) -> dict[str, Any]:
    """A report as JSON, once it is seen to follow the schema."""
    found: dict[str, Any] = json.loads(
        encode_report(report) if isinstance(report, Report) else report
    )
    _VALIDATOR.validate(found)
    return found


def valid(report: Report | str | bytes) -> dict[str, Any]:
    """The same, once its sums are seen to add up too."""
    found = document(report)
    for key in ("earned", "possible"):
        assert found[key] == sum(exercise[key] for exercise in found["exercises"])
        for exercise in found["exercises"]:
            assert exercise[key] == sum(test[key] for test in exercise["tests"])
    return found
