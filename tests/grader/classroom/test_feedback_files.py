"""Folders and zips of feedback: nothing else is replaced."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.classroom.feedback_files import File, is_zip, refuse_others, write_files
from grader.errors import UsageError
from grader.report.page import GENERATOR

PAGE = File("doe.html", f'<meta name="generator" content="{GENERATOR}">'.encode())


def put(out: Path, *files: File) -> None:
    refuse_others(out, [file.name for file in files])
    write_files(out, files)


def test_a_folder_is_written_again(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "feedback"
    put(out, PAGE)
    put(out, PAGE)
    assert [path.name for path in out.iterdir()] == ["doe.html"]
    assert out.stat().st_mode & 0o777 == 0o700


def test_a_zip_is_the_same_each_time_and_the_owners_alone(tmp_path: Path) -> None:
    out = tmp_path / "feedback.zip"
    put(out, PAGE)
    first = out.read_bytes()
    put(out, PAGE)
    assert out.read_bytes() == first
    assert out.stat().st_mode & 0o777 == 0o600
    assert zipfile.ZipFile(out).namelist() == ["doe.html"]


def test_what_is_no_feedback_stays(tmp_path: Path) -> None:
    (tmp_path / "doe.html").write_text("mine")
    with pytest.raises(UsageError, match="no feedback of `grade`"):
        put(tmp_path, File("a.html", PAGE.data), PAGE)
    assert [path.name for path in tmp_path.iterdir()] == ["doe.html"]
    other = tmp_path / "submissions.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("work.py", "x = 1")
    before = other.read_bytes()
    with pytest.raises(UsageError, match="name another file"):
        put(other, PAGE)
    assert other.read_bytes() == before


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "doe.html").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="no feedback"):
        put(tmp_path, PAGE)
    assert not (tmp_path / "elsewhere").exists()


def test_a_zip_is_whole_or_not_there(tmp_path: Path) -> None:
    def breaking() -> Iterator[File]:
        yield PAGE
        raise RuntimeError("in the middle")

    out = tmp_path / "feedback.zip"
    with pytest.raises(RuntimeError):
        write_files(out, breaking())
    assert list(tmp_path.iterdir()) == []


def test_a_name_decides_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "folder.zip").mkdir()
    assert is_zip(tmp_path / "a.ZIP")
    assert not is_zip(tmp_path / "folder.zip")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="name a folder"):
        put(tmp_path / "file", PAGE)
