"""A file in another's place: whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.written import replace_file


def test_what_was_there_stays_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes(b"old")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space") as met:
        replace_file(path, b"new")
    assert met.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_new_bytes_are_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    replace_file(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_what_has_no_marks_stays_as_readable_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "collect.log"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"new", has_marks=False)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
