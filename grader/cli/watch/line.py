"""What `grade watch --plain` says: one line for an event."""

from __future__ import annotations

from grader.cli.screens.screen import near
from grader.cli.watch.desk import Desk
from grader.cli.watch.events import Event, Pressed
from grader.course.guide import load_guide
from grader.report.model import ExerciseResult, is_right, is_right_so_far
from grader.report.words import IDEA, points, so_far
from grader.study.events import Loaded, Marked, Unmarked

__all__ = ["line"]


def line(desk: Desk, event: Event) -> str:
    """One line for an event that the desk has handled; empty where nothing is to be said."""
    if isinstance(event, Marked):
        return _verdict(desk, event)
    if isinstance(event, Unmarked):
        return f"fault: {' '.join(str(event.error).split())}"
    if isinstance(event, Loaded):
        return "PyTorch is loaded." if desk.partial else ""
    return _answer(desk, event.key.lower()) if isinstance(event, Pressed) else ""


def _answer(desk: Desk, key: str) -> str:
    """What a key has brought about."""
    if key == "h":
        hints = desk.opened()
        more = desk.note or "h opens the next one."
        return (
            f"hint {len(hints)} for {desk.current.id}: {hints[-1].text} {more}" if hints else more
        )
    if key in ("n", "p"):
        return desk.note or f"now: {near(desk.course.stub(desk.current))}"
    if key == "o":
        return str(desk.course.stub(desk.current))
    if key == "l":
        return "; ".join(f"{e.id} {desk.progress.state(e)}" for e in desk.exercises)
    return ""


def _verdict(desk: Desk, event: Marked) -> str:
    """How much is right, and what is wrong first."""
    result = event.result
    exercise = next(e for e in desk.exercises if e.id == result.id)
    if result.outcome == "not_attempted":
        is_there = desk.course.stub(exercise).is_file()
        return f"{result.id}: {'not begun' if is_there else 'its file is gone'}"
    text = _count(result)
    if event.partial:
        text += ", PyTorch still loading"
    elif is_right_so_far(result):
        right = f"As far as tried: {so_far(result)}"
        if is_right(result):
            right = f"Right. {load_guide(desk.course, exercise).why}"
        now = f"now: {near(desk.course.stub(desk.current))}"
        return f"{text}. {right} {now}".replace("  ", " ")
    return " ".join(f"{text}{_first_loss(desk, result)} {desk.note}".split())


def _count(result: ExerciseResult) -> str:
    """How much is right: tests, and points where there are any."""
    tried = [test for test in result.tests if test.outcome != "skipped"]
    right = sum(test.outcome == "passed" for test in tried)
    text = f"{result.id}: {right} of {len(tried)} tests"
    if result.possible:
        text += f", {points(result.earned)} of {points(result.possible)} points"
    return text


def _first_loss(desk: Desk, result: ExerciseResult) -> str:
    """What is wrong first, as far as the course lets a student see."""
    hidden = desk.course.feedback.hidden
    lost = next((t for t in result.tests if t.outcome not in ("passed", "skipped")), None)
    if lost is None or hidden == "nothing":
        return ""
    text = f". {lost.title}"
    if hidden == "everything":
        text += f" {lost.message.splitlines()[0]}" if lost.message else ""
        text += "".join(f" {IDEA}{d.hint}" for d in result.diagnoses[:1])
    return text
