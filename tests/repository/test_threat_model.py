"""docs/threat-model.md: what it points to is there."""

from __future__ import annotations

import re

from support.places import ROOT

TEXT = (ROOT / "docs" / "threat-model.md").read_text("utf-8")


def test_every_test_it_names_exists() -> None:
    named = re.findall(r"`(tests/[\w./]+)`", TEXT)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    functions = re.findall(r"`(test_\w+)`", TEXT)
    assert functions
    assert [name for name in functions if f"def {name}(" not in tests] == []


def test_every_family_of_cases_is_named() -> None:
    families = {path.parent.parent.name for path in ROOT.glob("tests/submissions/*/*/case.yaml")}
    assert [name for name in families if f"tests/submissions/{name}" not in TEXT] == []
