"""The commands' course: one exercise, with its stub; and graders that talk to the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.courses import length
from support.talking import course, talking

__all__ = ["course", "course_dir", "talking"]


@pytest.fixture
def course_dir(tmp_path: Path) -> Path:
    return length.write(tmp_path / "a course")
