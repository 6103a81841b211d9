"""Commands grade a course that needs no PyTorch."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import classes
from support.commands import Grade, grade_in


@pytest.fixture(autouse=True)
def light(without_torch: None) -> None:
    """Bases start without it, in a fraction of the time."""


@pytest.fixture
def class_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with a gradebook of two students, in a data folder of the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    return classes.write(tmp_path / "course")


@pytest.fixture
def in_class(
    class_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    """Run `grade ARGS…` in that course's folder, 80 columns wide."""
    monkeypatch.chdir(class_dir)
    monkeypatch.setenv("COLUMNS", "80")
    return grade_in(capsys)
