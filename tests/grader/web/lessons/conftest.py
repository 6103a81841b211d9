"""Lessons of a course that needs no PyTorch."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.courses import pictured


@pytest.fixture
def course_dir(tmp_path: Path) -> Path:
    return pictured.write(tmp_path / "a course")
