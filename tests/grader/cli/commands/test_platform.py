"""`grade platform`: what is said, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest

from support.commands import Grade, grade_in
from support.courses import three


@pytest.fixture
def grade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    monkeypatch.chdir(three.write(tmp_path / "course"))
    return grade_in(capsys)


def test_a_zip_for_gradescope(grade: Grade) -> None:
    ran = grade("platform", "gradescope", "a.zip", "--unit", "01_a", "--show", "after_published")
    assert (ran.status, ran.err) == (0, "")
    assert "a.zip: 2 exercises, without PyTorch" in ran.out
    assert "to Gradescope, and to nobody else" in ran.out
    assert "course.yaml's is in the scores" in ran.out
    with zipfile.ZipFile("a.zip") as archive:
        settings = msgspec.json.decode(archive.read("wxb.json"))
    assert settings["exercises"] == ["length", "double"]
    assert (settings["late"], settings["show"]) == ("wxb", "after_published")
    again = grade("platform", "gradescope", "a.zip", "--late", "lms")
    assert "3 exercises" in again.out
    assert "none is in the scores" in again.out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("a.zip", "--unit", "length"), "--unit length: there are 01_a, 02_b"),
        (("a.zip", "--torch", "--without", "torch"), "say one of them"),
        (("a.zip", "--without", "numpy"), "expected torch"),
        (("a.zip", "--late", "mine"), "expected wxb or lms"),
        (("a.tgz",), "a file that ends in .zip"),
    ],
)
def test_mistakes_are_told(grade: Grade, args: tuple[str, ...], words: str) -> None:
    ran = grade("platform", "gradescope", *args)
    assert (ran.status, words in ran.err) == (2, True)
