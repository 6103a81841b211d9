"""What `grade watch` shows: the desk as lines of text, for a terminal or as one line an event."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.cli.screens.screen import Screen
from grader.cli.watch.desk import Desk
from grader.cli.watch.events import Event, Pressed
from grader.course.guide import load_guide
from grader.course.outline import Exercise
from grader.report.model import ExerciseResult
from grader.report.words import WHY, points
from grader.study.events import Loaded, Marked, Unmarked

__all__ = ["body", "footer", "line"]

_KEYS = "n next  p previous  h hint  l list  a all  o open  q quit"


def body(desk: Desk, width: int) -> list[str]:
    """The lines above the footer."""
    return _lines(width, lambda screen: _VIEWS[desk.view](desk, screen))


def footer(desk: Desk, width: int) -> list[str]:
    """The lines that stay: the way through the course, the current file, the keys."""

    def draw(screen: Screen) -> None:
        console = screen.console
        console.print(_bar(desk, width, screen.plain))
        status = _status(desk)
        path = str(_near(desk.course.stub(desk.current)))
        room = max(width // 3, width - status.cell_len - 2)
        if len(path) > room:  # its end says more than its beginning
            path = f"…{path[1 - room :]}"
        told = Text.assemble((path, "bold"), "  ", status)
        console.print(told, no_wrap=True, overflow="ellipsis")
        console.print(Text(_KEYS, "dim"), no_wrap=True, overflow="ellipsis")

    return _lines(width, draw)


def line(desk: Desk, event: Event) -> str:
    """One line for one event, for `--plain`; empty where nothing is to be said."""
    if isinstance(event, Marked):
        return _told(desk, event)
    if isinstance(event, Unmarked):
        return f"fault: {' '.join(str(event.error).split())}"
    if isinstance(event, Loaded):
        return "PyTorch is loaded." if desk.partial else ""
    if not isinstance(event, Pressed) or event.key == "q":
        return ""
    if event.key.lower() == "h":
        tiers = desk.opened()
        more = desk.note or "h opens the next one."
        return (
            f"hint {len(tiers)} for {desk.current.id}: {tiers[-1].text} {more}" if tiers else more
        )
    if event.key.lower() in ("n", "p"):
        return desk.note or f"now: {_near(desk.course.stub(desk.current))}"
    if event.key.lower() == "o":
        return str(desk.course.stub(desk.current))
    if event.key.lower() == "l":
        return "; ".join(f"{e.id} {desk.progress.state(e)}" for e in desk.exercises)
    return ""


# --- the views --------------------------------------------------------------------------------


def _exercise(desk: Desk, screen: Screen) -> None:
    result = desk.results.get(desk.current.id)
    if result is None:
        _title(screen, desk.current)
        screen.console.print(Text("\n  One moment …", "dim"))
        return
    if result.outcome == "not_attempted":
        _title(screen, desk.current)
        _welcome(screen, desk.course.stub(desk.current).is_file())
        return
    screen.exercise(result, desk.course.feedback, ideas_first=True)
    if desk.current.id in desk.partial:
        told = "The PyTorch half follows as soon as PyTorch is loaded."
        screen.console.print(Text(f"\n  {told}", "yellow"))


def _welcome(screen: Screen, is_there: bool) -> None:
    told = (
        "Not begun. Open the file below in your editor: its text says what is asked. "
        "Each time you save, the answer stands here."
    )
    if not is_there:
        told = "The file below is gone. Bring it back to go on with this exercise."
    screen.console.print(Padding(Text(told), (1, 0, 0, 2)))


def _passed(desk: Desk, screen: Screen) -> None:
    remark = desk.passed
    assert remark is not None
    name = remark.exercise.id
    result = desk.results[name]
    score = f": {points(result.earned)} of {points(result.possible)} points."
    if desk.course.handout:
        score = ", as far as its examples show."
    mark = "ok " if screen.plain else "✓ "
    screen.console.print(Text.assemble("\n", (f"{mark}{name} is right", "bold green"), score))
    if remark.why:
        screen.console.print(Padding(Text.assemble((WHY, "bold"), remark.why), (1, 0, 0, 2)))
    if desk.finished:
        screen.console.print()
        screen.outline(desk.course, desk.progress)
        return
    screen.console.print()
    _title(screen, desk.current, "Next: ")
    screen.console.print(Padding(Text("Its file is named below. n shows it.", "dim"), (0, 0, 0, 2)))


def _all(desk: Desk, screen: Screen) -> None:
    screen.outline(desk.course, desk.progress)
    waiting = len(desk.busy)
    if waiting:
        screen.console.print(Text(f"\n{waiting} still to be graded …", "yellow"))


def _map(desk: Desk, screen: Screen) -> None:
    screen.outline(desk.course, desk.progress)


def _hint(desk: Desk, screen: Screen) -> None:
    tiers = desk.opened()
    if not tiers:
        screen.console.print(Text(f"\n{desk.current.id} has no hints.", "dim"))
        return
    screen.console.print()
    screen.hints(desk.current, tiers, len(desk.progress.hints(desk.current)) - len(tiers), "h")


def _link(desk: Desk, screen: Screen) -> None:
    path = desk.course.stub(desk.current).resolve()
    lesson = path.parent / "README.md"
    screen.console.print(Text("\nThe file:", "dim"))
    screen.console.print(Text(f"  {path}", f"link {path.as_uri()}", overflow="fold"))
    if lesson.exists():
        screen.console.print(Text("The lesson:", "dim"))
        screen.console.print(Text(f"  {lesson}", f"link {lesson.as_uri()}", overflow="fold"))


_VIEWS: dict[str, Callable[[Desk, Screen], None]] = {
    "exercise": _exercise,
    "passed": _passed,
    "all": _all,
    "map": _map,
    "hint": _hint,
    "link": _link,
}


# --- pieces -----------------------------------------------------------------------------------


def _lines(width: int, draw: Callable[[Screen], None]) -> list[str]:
    """What is drawn, as lines with colour."""
    target = io.StringIO()
    console = Console(
        file=target, force_terminal=True, width=width, highlight=False, emoji=False, markup=False
    )
    draw(Screen(console=console))
    return target.getvalue().rstrip("\n").split("\n")


def _title(screen: Screen, exercise: Exercise, before: str = "") -> None:
    text = Text.assemble(before, (exercise.id, "bold"), f"  {exercise.title}")
    screen.console.print(Text("\n") + text if not before else text)


def _bar(desk: Desk, width: int, plain: bool) -> Text:
    done, total = desk.progress.done, len(desk.exercises)
    told = f" {done} of {total} done"
    if not desk.course.handout:
        told += f", {points(desk.progress.earned)} of {points(desk.course.points)} points"
    room = max(8, min(40, width - len(told) - 1))
    full = round(room * done / total)
    filled, empty = ("#", ".") if plain else ("━", "─")
    return Text.assemble((filled * full, "green"), (empty * (room - full), "dim"), told)


def _status(desk: Desk) -> Text:
    if desk.error:
        return Text(desk.error.splitlines()[0], "red")
    if desk.current.id in desk.busy:
        return Text("grading …", "yellow")
    if desk.note:
        return Text(desk.note, "yellow")
    result = desk.results.get(desk.current.id)
    if result is None or result.outcome == "not_attempted":
        return Text("")
    seconds = desk.seconds[desk.current.id]
    return Text(f"graded in {1000 * seconds:.0f} ms", "dim")


def _told(desk: Desk, event: Marked) -> str:
    """One line for one verdict: how much is right, and what is wrong first."""
    result = event.result
    if result.outcome == "not_attempted":
        is_there = desk.course.stub(_of(desk, result)).is_file()
        return f"{result.id}: {'not begun' if is_there else 'its file is gone'}"
    tried = [test for test in result.tests if test.outcome != "skipped"]
    right = sum(test.outcome == "passed" for test in tried)
    told = f"{result.id}: {right} of {len(tried)} tests"
    if result.possible:
        told += f", {points(result.earned)} of {points(result.possible)} points"
    if event.partial:
        told += ", PyTorch still loading"
    elif result.outcome == "passed":
        why = load_guide(desk.course, _of(desk, result)).why
        return f"{told}. Right. {why} now: {_near(desk.course.stub(desk.current))}".replace(
            "  ", " "
        )
    lost = next((t for t in result.tests if t.outcome not in ("passed", "skipped")), None)
    if lost is not None and desk.course.feedback.hidden != "nothing":
        told += f". {lost.title}"
        if desk.course.feedback.hidden == "everything":
            told += f" {lost.message.splitlines()[0]}" if lost.message else ""
            told += "".join(f" Idea to look at: {d.hint}" for d in result.diagnoses[:1])
    return " ".join(f"{told} {desk.note}".split())


def _of(desk: Desk, result: ExerciseResult) -> Exercise:
    return next(e for e in desk.exercises if e.id == result.id)


def _near(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
