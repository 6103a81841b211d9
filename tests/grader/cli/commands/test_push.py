"""`grade push`: the preview, the question, `--apply`, and what it exits with."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from support import classes
from support.canvas_server import TOKEN, Canvas, Fault, serving
from support.commands import Grade, grade_in

PUSH = ("push", "canvas", "--course-id", "42")


@pytest.fixture
def canvas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Canvas]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    monkeypatch.chdir(classes.write(tmp_path / "course"))
    with serving(Canvas()) as started:
        started.student(101, "Jane Doe")
        started.student(102, "Richard Roe")
        started.assignment(4711, "A", 4)
        monkeypatch.setenv("CANVAS_URL", started.url)
        monkeypatch.setenv("CANVAS_TOKEN", TOKEN)
        yield started


@pytest.fixture
def grade(capsys: pytest.CaptureFixture[str]) -> Grade:
    return grade_in(capsys)


def test_a_preview_writes_nothing_and_says_how_to(canvas: Canvas, grade: Grade) -> None:
    ran = grade(*PUSH, "--plain", "--scale")
    assert ran.status == 0
    assert "nothing -> 2.9" in ran.out
    assert "grade push canvas --course-id 42 --scale --apply" in ran.out
    assert canvas.writes == []


def test_applied_it_writes_and_applied_again_it_does_not(canvas: Canvas, grade: Grade) -> None:
    ran = grade(*PUSH, "--apply")
    assert ran.status == 0
    assert "2 marks written, 0 there already" in ran.out
    assert "0 marks written, 2 there already" in grade(*PUSH, "--apply").out
    assert len(canvas.writes) == 2


@pytest.mark.parametrize("answer", [True, False])
def test_at_a_terminal_it_asks(
    answer: bool, canvas: Canvas, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def confirm(text: str) -> bool:
        asked.append(text)
        return answer

    monkeypatch.setattr(typer, "confirm", confirm)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert grade(*PUSH).status == 0
    assert asked == ["Write these 2 marks into Canvas?"]
    assert len(canvas.writes) == (2 if answer else 0)


def test_a_persons_mark_needs_a_person(canvas: Canvas, grade: Grade) -> None:
    canvas.grade(4711, 101, 1)
    ran = grade(*PUSH, "--apply")
    assert ran.status == 1
    assert "Jane Doe (doe): 1 stays, given in Canvas by a person" in " ".join(ran.out.split())
    assert canvas.score(4711, 101) == 1


def test_ended_early_it_says_how_to_go_on(canvas: Canvas, grade: Grade) -> None:
    canvas.faults.append(Fault("expired", "PUT", after=1))
    ran = grade(*PUSH, "--apply")
    assert ran.status == 2
    assert "Ended after 1 of 2" in ran.out
    assert "To go on:  grade push canvas --course-id 42 --apply" in ran.out
    assert grade(*PUSH, "--apply").status == 0
    assert len(canvas.writes) == 3


def test_plan_and_outcome_as_json(canvas: Canvas, grade: Grade) -> None:
    told = json.loads(grade(*PUSH, "--json").out)
    assert told["pushed"] is None
    assert [row["value"] for row in told["plan"]["rows"]] == [2.9, 2.4]
    told = json.loads(grade(*PUSH, "--json", "--apply").out)
    assert told["pushed"]["written"] == 2


def test_mistakes_are_sentences(canvas: Canvas, grade: Grade) -> None:
    assert "--late mine: expected wxb or lms" in grade(*PUSH, "--late", "mine").err
    canvas.assignments[4711]["points_possible"] = 10
    ran = grade(*PUSH, "--apply")
    assert ran.status == 2
    assert "10 points in Canvas, and 01_a has 4" in " ".join(ran.err.split())
    assert canvas.writes == []
