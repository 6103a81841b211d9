"""`grade platform`: what is said, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest

from support.commands import Grade, grade_in
from support.courses import double
from support.files import change


@pytest.fixture
def grade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    root = double.write(tmp_path / "course")
    change(root / "course.yaml", "title: A\n", "title: A\n    due: 2027-02-01T23:59:00+01:00\n")
    monkeypatch.chdir(root)
    return grade_in(capsys)


def test_a_zip_for_gradescope(grade: Grade) -> None:
    ran = grade("platform", "gradescope", "a.zip", "--unit", "01_a", "--show", "after_published")
    assert (ran.status, ran.err) == (0, "")
    assert "a.zip: 2 exercises, without PyTorch" in ran.out
    assert "to Gradescope, and to nobody else" in ran.out
    assert "course.yaml's is in the scores" in ran.out
    with zipfile.ZipFile("a.zip") as archive:
        settings = msgspec.json.decode(archive.read("wxb.json"))
    assert settings["exercises"] == ["double", "half"]
    assert (settings["late"], settings["show"]) == ("wxb", "after_published")
    again = grade("platform", "gradescope", "a.zip", "--late", "lms")
    assert "none is in the scores" in again.out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("a.zip", "--unit", "half"), "--unit half: there are 01_a"),
        (("a.zip", "--torch", "--without", "torch"), "say one of them"),
        (("a.zip", "--without", "numpy"), "expected torch"),
        (("a.zip", "--late", "mine"), "expected wxb or lms"),
        (("a.tgz",), "a file that ends in .zip"),
        (("a.zip", "--index", "https://a\nnumpy"), "--index https://a?numpy: expected an address"),
    ],
)
def test_mistakes_are_told(grade: Grade, args: tuple[str, ...], words: str) -> None:
    ran = grade("platform", "gradescope", *args)
    assert (ran.status, words in ran.err) == (2, True)


def test_questions_for_prairielearn(grade: Grade, tmp_path: Path) -> None:
    ran = grade("platform", "prairielearn", "pl", "--exercise", "half", "--image", "org/wxb:1")
    assert (ran.status, ran.err) == (0, "")
    assert "pl: 1 question in questions/wxb." in ran.out
    assert "the image org/wxb:1, without PyTorch" in ran.out
    page = Path("pl/questions/wxb/01_a/half/question.html")
    page.write_text("<p>Mine.</p>\n", "utf-8")
    assert f"{page}: it was there, so it stays as it is." in grade(
        "platform", "prairielearn", "pl", "--unit", "01_a"
    ).out  # fmt: skip
    for args, words in (
        (("course.yaml",), "name a folder"),
        (("pl2", "--image", "a b\nRUN x"), "expected a name as in org/wxb-grader:1"),
        (("pl2", "--exercise", "haf"), "Did you mean half"),
    ):
        ran = grade("platform", "prairielearn", *args)
        assert (ran.status, words in ran.err) == (2, True)
    assert not Path("pl2").exists()
