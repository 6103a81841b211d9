"""`grade regrade`: who would have another mark is shown before any is changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.batching import Room, lenient, strict
from support.commands import Grade, grade_in


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    """`grade ARGS…` beside a class that was judged before its suite changed both ways."""
    monkeypatch.setenv("WXB_GRADEBOOK", str(tmp_path / "marks.db"))
    monkeypatch.setenv("COLUMNS", "80")
    room = Room(tmp_path)
    room.batch()
    lenient(room)
    strict(room)
    monkeypatch.chdir(tmp_path)
    grade = grade_in(capsys)
    return lambda *args: grade(*args, "--course", "course")


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_shown_then_raised_then_lowered(run: Grade, tmp_path: Path) -> None:
    ran = run("regrade", "--dry-run")
    assert (ran.status, _lines(ran.out)) == (0, [
        "ann double 2.5 -> 1 of 2.5", "test_of_two: passed, now failed",
        "ben double 0 -> 1 of 2.5", "test_of_any: failed, now passed",
        "cid double 2.5 -> 1 of 2.5", "test_of_two: passed, now failed",
        "dot double 0 -> 1 of 2.5", "test_of_any: failed, now passed",
        "", "2 marks would be raised, 2 would be lowered.", f"Gradebook: {tmp_path}/marks.db",
        "To raise them: grade regrade --apply --course course",
        "To lower them, too: grade regrade --lower --course course",
    ])  # fmt: skip
    ran = run("regrade", "--apply")
    assert "2 marks raised, 2 would be lowered." in _lines(ran.out)
    assert {"ben double 0 -> 1 of 2.5", "ann double 2.5 -> 1 of 2.5 (not changed)"} <= {
        *_lines(ran.out)
    }
    found = json.loads(run("regrade", "--lower", "--json").out)
    assert [(c["student"], c["before"], c["after"], c["made"]) for c in found["marks"]] == [
        ("ann", 2.5, 1, True), ("cid", 2.5, 1, True),
    ]  # fmt: skip
    ran = run("regrade", "--dry-run")
    assert _lines(ran.out)[0] == "0 marks would be raised, 0 would be lowered."


def test_what_people_decided_stays_and_what_came_after_it_is_listed(
    run: Grade, tmp_path: Path
) -> None:
    run("override", "ann", "double", "2", "--why", "oral")
    ran = run("regrade", "--lower", "--only", "double")
    assert (ran.status, "ann" in ran.out) == (0, False)
    assert "ann, double: 2 of 2.5" in run("override", "ann", "double", "2", "--why", "oral").out
    room = Room.again(tmp_path)
    room.add({"ann": {"double.py": "def double(x):\n    return x + x\n"}})
    assert run("batch", "hw").status == 0
    ran = run("regrade", "--dry-run")
    assert ran.status == 1
    assert "ann, double: handed in after an override or excuse; it holds." in ran.out


@pytest.mark.parametrize(
    ("args", "what"),
    [
        ((), "Say one of --dry-run"),
        (("--dry-run", "--apply"), "Say one of --dry-run"),
        (("--dry-run", "in0"), "in0 is no collected class"),
        (("--dry-run", "--only", "haf"), "Did you mean half?"),
        (("--dry-run", "--gradebook", "new.db"), "No class was judged yet: grade batch hw/"),
    ],
)
def test_what_cannot_be_asked_for_is_usage(run: Grade, args: tuple[str, ...], what: str) -> None:
    ran = run("regrade", *args)
    assert (ran.status, ran.out) == (2, "")
    assert what in ran.err


def test_a_class_that_is_gone_is_named(run: Grade, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "hw")
    ran = run("regrade", "--dry-run")
    assert ran.status == 2
    assert "hw, which was judged, is not there any more." in ran.err


def test_its_help_has_an_example(run: Grade) -> None:
    assert "grade regrade --dry-run" in run("regrade", "--help").out
