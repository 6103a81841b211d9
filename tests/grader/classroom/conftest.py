"""Classes collected into a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import Course
from support.collecting import Class, Put


@pytest.fixture
def room(tmp_path: Path, own_course: Course) -> Class:
    """A class of this repository's own course."""
    return Class(tmp_path / "hw", own_course)


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file for a test."""

    def write(name: str, data: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write
