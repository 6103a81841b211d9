"""The rules of the loop: what is current, what is graded, what is shown, without any terminal."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from rich.text import Text

from grader import Course, UsageError
from grader.cli.watch.desk import Desk
from grader.cli.watch.events import Pressed, Resized
from grader.cli.watch.line import line
from grader.cli.watch.view import body, footer
from grader.course.outline import Exercise, Unit
from grader.report import model
from grader.report.model import Diagnosis, ExerciseResult, Outcome
from grader.study.events import Loaded, Marked, Saved, Unmarked
from grader.study.progress import Progress


@pytest.fixture
def desk(course_dir: Path) -> Desk:
    course = Course.load(course_dir)
    return Desk(course, Progress(course))


def result(desk: Desk, name: str, outcome: Outcome, message: str = "") -> ExerciseResult:
    exercise = desk.course.exercise(name)
    assert exercise is not None
    tests = tuple(
        model.TestResult(
            test,
            f"It must be so: {test}.",
            outcome,
            points if outcome == "passed" else Decimal(0),
            points,
            message,
        )
        for test, points in exercise.tests.items()
    )
    earned = sum((test.earned for test in tests), Decimal(0))
    ideas = (Diagnosis("AddsOne", "You add one."),) if outcome == "failed" else ()
    return ExerciseResult(
        name, exercise.unit, exercise.title, outcome, earned, exercise.points, tests, ideas
    )


def write(desk: Desk, name: str, text: str) -> None:
    exercise = desk.course.exercise(name)
    assert exercise is not None
    desk.course.stub(exercise).write_text(text, "utf-8")


def mark(desk: Desk, name: str, outcome: Outcome, message: str = "", partial: bool = False) -> None:
    desk.handle(Marked(result(desk, name, outcome, message), 0.012, partial))


def shown(desk: Desk, width: int = 80) -> str:
    lines = body(desk, width) + footer(desk, width)
    return "\n".join(Text.from_ansi(text).plain.rstrip() for text in lines)


def test_it_begins_with_the_first_that_is_not_done(desk: Desk) -> None:
    assert desk.begin() == ("double",)
    assert desk.current.id == "double"
    assert "One moment" in shown(desk)


def test_what_is_saved_is_graded_and_becomes_current(desk: Desk) -> None:
    assert desk.handle(Saved(("half",))) == ("half",)
    assert desk.current.id == "half"
    assert desk.handle(Saved(("notes",))) == ()
    assert desk.current.id == "half"


def test_several_saved_at_once_keep_the_current_one(desk: Desk) -> None:
    desk.handle(Pressed("n"))
    assert desk.handle(Saved(("double", "half"))) == ("double", "half")
    assert desk.current.id == "half"


def test_a_pass_says_why_and_moves_on(desk: Desk) -> None:
    write(desk, "double", "def double(x):\n    return 2 * x\n")
    mark(desk, "double", "passed")
    assert (desk.view, desk.current.id) == ("passed", "half")
    assert "double is right: 2.5 of 2.5 points." in shown(desk)
    assert "Why it works: Because double is what it is." in shown(desk)
    assert "exercises/01_a/half.py" in shown(desk)
    assert "1 of 2 done, 2.5 of 4 points" in shown(desk)
    assert desk.handle(Pressed("n")) == ("half",)
    assert (desk.view, desk.current.id) == ("exercise", "half")


def test_the_end_shows_the_whole_course(desk: Desk) -> None:
    for name in ("double", "half"):
        write(desk, name, f"def {name}(x):\n    return x\n")
        mark(desk, name, "passed")
    assert desk.finished
    assert "All of it is right" in shown(desk)


def test_a_pass_that_is_graded_again_does_not_move_on(desk: Desk) -> None:
    write(desk, "double", "def double(x):\n    return 2 * x\n")
    mark(desk, "double", "passed")
    desk.handle(Pressed("p"))
    mark(desk, "double", "passed")
    assert (desk.view, desk.current.id) == ("exercise", "double")


def test_a_second_save_does_not_take_a_pass_off_the_screen(desk: Desk) -> None:
    """A grading may be over before the save that it saw is told; editors write twice."""
    for name in ("double", "half"):
        write(desk, name, f"def {name}(x):\n    return x\n")
        mark(desk, name, "passed")
    assert desk.handle(Saved(("half",))) == ("half",)
    mark(desk, "half", "passed")
    assert desk.view == "passed"
    assert "All of it is right" in shown(desk)
    assert desk.handle(Saved(("double",))) == ("double",)
    assert (desk.view, desk.current.id) == ("exercise", "double")


def test_a_pass_that_is_broken_again_is_shown_as_that(desk: Desk) -> None:
    write(desk, "double", "def double(x):\n    return 2 * x\n")
    mark(desk, "double", "passed")
    assert desk.current.id == "half"
    desk.handle(Saved(("double",)))
    mark(desk, "double", "failed", "Wrong value")
    assert (desk.view, desk.current.id) == ("exercise", "double")
    assert "Wrong value" in shown(desk)


def untried(desk: Desk, name: str) -> Marked:
    whole = result(desk, name, "passed")
    last = msgspec.structs.replace(
        whole.tests[-1],
        outcome="skipped",
        earned=Decimal(0),
        possible=Decimal(0),
        message="Not run: PyTorch is not installed.",
    )
    return Marked(
        msgspec.structs.replace(whole, tests=(*whole.tests[:-1], last)), 0.01, partial=False
    )


def test_what_could_not_be_tried_is_no_pass_of_the_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.study.progress.find_spec", lambda name: None)
    write(desk, "double", "def double(x):\n    return 2 * x\n")
    marked = untried(desk, "double")
    desk.handle(marked)
    assert (desk.view, desk.current.id) == ("passed", "half")
    text = " ".join(shown(desk).split())
    assert "double: its tests pass; the PyTorch half was not tried." in text
    assert "is right" not in text
    assert "Why it works" not in text
    assert "0 of 2 done, 1 as far as tried" in text
    told = line(desk, marked)
    assert "As far as tried: its tests pass; the PyTorch half was not tried. now: " in told
    assert "Because" not in told
    write(desk, "half", "def half(x):\n    return x / 2\n")
    mark(desk, "half", "passed")
    assert desk.finished
    assert "All of it is right" not in shown(desk)


def test_half_a_verdict_waits_for_pytorch(desk: Desk) -> None:
    write(desk, "double", "def double(x):\n    return 2 * x\n")
    mark(desk, "double", "passed", partial=True)
    assert (desk.view, desk.current.id) == ("exercise", "double")
    assert "follows as soon as PyTorch is loaded" in shown(desk)
    assert desk.progress.done == 0
    assert desk.handle(Loaded()) == ("double",)
    mark(desk, "double", "passed")
    assert desk.progress.done == 1
    assert desk.handle(Loaded()) == ()


def test_a_failure_shows_the_idea_first(desk: Desk) -> None:
    mark(desk, "double", "failed", "Wrong value: expected 4.0, got 3.0.")
    text = shown(desk)
    assert text.index("You add one.") < text.index("Wrong value: expected 4.0, got 3.0.")
    assert "graded in 12 ms" in text


def test_the_same_failure_three_times_offers_a_hint(desk: Desk) -> None:
    for attempt in range(3):
        assert "h opens a hint" not in shown(desk)
        write(desk, "double", f"def double(x):\n    return {attempt}\n")
        mark(desk, "double", "failed", f"got {attempt}")
    assert "This fails in the same place again. h opens a hint." in shown(desk)


def test_saving_without_a_change_is_no_new_try(desk: Desk) -> None:
    write(desk, "double", "def double(x):\n    return 0\n")
    for _ in range(5):
        mark(desk, "double", "failed", "got 0")
    assert desk.note == ""


def test_hints_open_one_by_one_and_stay_open(desk: Desk) -> None:
    desk.handle(Pressed("h"))
    assert "Hint 1, the goal: One number." in shown(desk)
    desk.handle(Pressed("H"))
    mark(desk, "double", "failed", "no")
    desk.handle(Pressed("h"))
    assert "Hint 3, your answer: You add one." in shown(desk)
    desk.handle(Pressed("h"))
    assert "Hint 4, a line with blanks: `return ____`" in shown(desk)
    desk.handle(Pressed("h"))
    assert "All hints are open." in shown(desk)
    again = Desk(desk.course, Progress(desk.course))
    assert len(again.opened()) == 4


def test_keys_at_both_ends_of_the_course(desk: Desk) -> None:
    assert desk.handle(Pressed("p")) == ()
    assert desk.note == "This is the first exercise."
    assert desk.handle(Pressed("n")) == ("half",)
    assert desk.handle(Pressed("n")) == ()
    assert desk.note == "This is the last exercise."


def test_list_open_and_back(desk: Desk) -> None:
    desk.handle(Pressed("l"))
    assert "0 of 2 exercises done" in shown(desk)
    desk.handle(Pressed("l"))
    assert desk.view == "exercise"
    desk.handle(Pressed("o"))
    assert str(desk.course.stub(desk.current)) in "".join(body(desk, 200))
    desk.handle(Pressed("escape"))
    assert desk.view == "exercise"


def test_the_map_begins_near_the_current_exercise(desk: Desk) -> None:
    far = tuple(Unit(f"{n:02}_u", "U", (Exercise(f"e{n}", "", "E", {}),)) for n in range(2, 30))
    course = msgspec.structs.replace(desk.course, units=(*desk.course.units, *far))
    large = Desk(course, Progress(course))
    large.handle(Pressed("l"))
    assert large.scroll == 0
    late = Desk(course, Progress(course), course.exercise("e28"))
    late.handle(Pressed("l"))
    rows = body(late, 80)
    assert any("e28" in row for row in rows[late.scroll : late.scroll + 20])
    late.handle(Pressed("l"))
    assert late.scroll == 0


def test_all_grades_everything(desk: Desk) -> None:
    assert desk.handle(Pressed("a")) == ("double", "half")
    assert "2 still to be graded" in shown(desk)
    mark(desk, "double", "failed", "no")
    assert desk.view == "all"
    assert "1 still to be graded" in shown(desk)


def test_quit_and_faults(desk: Desk) -> None:
    desk.handle(Unmarked(UsageError("There is nothing to grade."), final=False))
    assert "There is nothing to grade." in shown(desk)
    assert not desk.over
    desk.handle(Unmarked(UsageError("It never will."), final=True))
    assert desk.over
    other = Desk(desk.course, desk.progress)
    other.handle(Pressed("q"))
    assert other.over


def test_scrolling_never_goes_above_the_top(desk: Desk) -> None:
    desk.handle(Pressed("up"))
    assert desk.scroll == 0
    desk.handle(Pressed("page down"))
    desk.handle(Pressed("down"))
    assert desk.scroll == 11
    assert desk.handle(Resized()) == ()
    assert desk.scroll == 11


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_nothing_is_wider_than_the_terminal(desk: Desk, width: int) -> None:
    mark(desk, "double", "failed", "Wrong value: expected 4.0, got 3.0.\nCall: double(2.0)")
    for view in ("exercise", "hint", "map", "all", "link"):
        desk.view = view  # type: ignore[assignment]
        for text in body(desk, width) + footer(desk, width):
            assert Text.from_ansi(text).cell_len <= width


def test_plain_says_one_line_an_event(desk: Desk) -> None:
    marked = Marked(
        result(desk, "double", "failed", "Wrong value.\nCall: double(2.0)"), 0.01, False
    )
    desk.handle(marked)
    told = line(desk, marked)
    assert told == (
        "double: 0 of 2 tests, 0 of 2.5 points. It must be so: test_of_two. Wrong value. "
        "Your answers equal those of a known mistake. You add one."
    )
    for key in "hnpol":
        desk.handle(Pressed(key))
        assert "\n" not in line(desk, Pressed(key))
        assert line(desk, Pressed(key))
    assert line(desk, Saved(("double",))) == ""
    fault = Unmarked(UsageError("first\nsecond"), final=False)
    assert line(desk, fault) == "fault: first second"
    stub = Marked(result(desk, "half", "not_attempted"), 0.01, False)
    assert line(desk, stub) == "half: not begun"
    write(desk, "half", "def half(x):\n    return x / 2\n")
    right = Marked(result(desk, "half", "passed"), 0.01, False)
    desk.handle(right)
    assert "Right. Because half is what it is. now: " in line(desk, right)
