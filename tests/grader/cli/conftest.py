"""The commands' course: one exercise, with its stub."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.courses import length


@pytest.fixture
def course_dir(tmp_path: Path) -> Path:
    return length.write(tmp_path / "a course")
