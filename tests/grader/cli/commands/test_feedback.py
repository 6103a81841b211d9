"""`grade feedback`: where it goes, who waits, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import Grade


def test_feedback_of_a_class_in_a_folder(in_class: Grade, class_dir: Path) -> None:
    ran = in_class("feedback", "--now", "--out", "feedback")
    assert "feedback" in ran.out
    assert sorted(path.name for path in (class_dir / "feedback").iterdir()) == [
        "doe.html",
        "doe.md",
        "roe.html",
        "roe.md",
    ]
    again = in_class("feedback", "--now", "--out", "feedback", "--json")
    told = json.loads(again.out)
    assert (told["students"], told["files"], told["units"]) == (2, 4, ["01_a"])
    assert again.status == ran.status
    assert all(len(line) <= 80 for line in ran.out.splitlines())


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--out", "f", "--for", "blackboard"), "--for blackboard: expected canvas or moodle"),
        (("--out", "f", "--unit", "99"), "--unit 99: expected one of 01_a, 02_b"),
        (("--out", "course.yaml", "--now"), "it is a file; name a folder"),
        (("--out", "no/such/f.zip", "--now"), "No such file"),
    ],
)
def test_mistakes_are_told(in_class: Grade, args: tuple[str, ...], words: str) -> None:
    ran = in_class("feedback", *args)
    assert (ran.status, words in ran.err) == (2, True)


def test_nobody_to_find_in_canvas_needs_a_person(in_class: Grade, class_dir: Path) -> None:
    ran = in_class("feedback", "--now", "--for", "canvas", "--out", "feedback.zip")
    assert ran.status == 1
    assert "Nothing was written" in ran.out
    assert "Without an upload in Canvas" in ran.out
    assert not (class_dir / "feedback.zip").exists()
