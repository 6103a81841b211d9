"""TEMPORARY placeholder by the lead: helper 3 replaces this file."""

from decimal import Decimal
from pathlib import Path

import yaml

from grader.course.outline import *
from grader.errors import UsageError


def find(start: Path) -> Path:
    for p in [start, *start.parents]:
        if (p / "course.yaml").is_file():
            return p / "course.yaml"
    raise UsageError(f"no course.yaml in {start} or above")


def load(path: Path, strict: bool = False) -> Course:
    path = path / "course.yaml" if path.is_dir() else path
    d = yaml.safe_load(path.read_text())
    units = tuple(
        Unit(
            u["id"],
            u["title"],
            tuple(
                Exercise(
                    e["id"],
                    u["id"],
                    e["title"],
                    {k: Decimal(str(v)) for k, v in e["tests"].items()},
                    tuple(e.get("forbidden", ())),
                )
                for e in u["exercises"]
            ),
        )
        for u in d["units"]
    )
    return Course(
        str(path.parent.resolve()),
        d["title"],
        units,
        feedback=Feedback(d.get("feedback", {}).get("hidden", "title")),
    )
