"""Two exercises, as a student has them before the first line is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.courses import double


@pytest.fixture
def course_dir(tmp_path: Path) -> Path:
    return double.write(tmp_path / "course")
