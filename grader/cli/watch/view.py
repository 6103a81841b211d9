"""The desk of `grade watch` as lines of a terminal: a view of it, and a footer that stays."""

from __future__ import annotations

import io
from collections.abc import Callable

from rich.padding import Padding
from rich.text import Text

from grader.cli.screens.course import print_map
from grader.cli.screens.hints import print_hints
from grader.cli.screens.report import print_exercise
from grader.cli.screens.screen import SafeConsole, Screen, near
from grader.cli.watch.desk import Desk
from grader.course.outline import Exercise
from grader.report.words import SO_FAR, WHY, points

__all__ = ["body", "footer"]

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
        path = str(near(desk.course.stub(desk.current)))
        room = max(width // 3, width - status.cell_len - 2)
        if len(path) > room:  # its end says more than its beginning
            path = f"…{path[1 - room :]}"
        where = Text.assemble((path, "bold"), "  ", status)
        console.print(where, no_wrap=True, overflow="ellipsis")
        console.print(Text(_KEYS, "dim"), no_wrap=True, overflow="ellipsis")

    return _lines(width, draw)


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
    print_exercise(screen, result, desk.course.feedback, ideas_first=True)
    if desk.current.id in desk.partial:
        outlook = "The PyTorch half follows as soon as PyTorch is loaded."
        screen.console.print(Text(f"\n  {outlook}", "yellow"))


def _welcome(screen: Screen, is_there: bool) -> None:
    advice = (
        "Not begun. Open the file below in your editor: its text says what is asked. "
        "Each time you save, the answer stands here."
    )
    if not is_there:
        advice = "The file below is gone. Bring it back to go on with this exercise."
    screen.console.print(Padding(Text(advice), (1, 0, 0, 2)))


def _passed(desk: Desk, screen: Screen) -> None:
    remark = desk.passed
    assert remark is not None
    name = remark.exercise.id
    result = desk.results[name]
    score = f": {points(result.earned)} of {points(result.possible)} points."
    if desk.course.handout:
        score = ", as far as its examples show."
    mark = "ok " if screen.plain else "✓ "
    verdict = Text.assemble((f"{mark}{name} is right", "bold green"), score)
    if remark.so_far:
        verdict = Text.assemble((f"{mark}{name}: ", "bold"), (remark.so_far, "yellow"))
    screen.console.print(Text("\n") + verdict)
    if remark.why:
        screen.console.print(Padding(Text.assemble((WHY, "bold"), remark.why), (1, 0, 0, 2)))
    if desk.finished:
        screen.console.print()
        print_map(screen, desk.course, desk.progress)
        return
    screen.console.print()
    _title(screen, desk.current, "Next: ")
    screen.console.print(Padding(Text("Its file is named below. n shows it.", "dim"), (0, 0, 0, 2)))


def _all(desk: Desk, screen: Screen) -> None:
    print_map(screen, desk.course, desk.progress)
    waiting = len(desk.busy)
    if waiting:
        screen.console.print(Text(f"\n{waiting} still to be graded …", "yellow"))


def _map(desk: Desk, screen: Screen) -> None:
    print_map(screen, desk.course, desk.progress)


def _hint(desk: Desk, screen: Screen) -> None:
    hints = desk.opened()
    if not hints:
        screen.console.print(Text(f"\n{desk.current.id} has no hints.", "dim"))
        return
    screen.console.print()
    left = len(desk.progress.hints(desk.current)) - len(hints)
    print_hints(screen, desk.current, hints, left, "h")


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
    console = SafeConsole(
        file=target, force_terminal=True, width=width, highlight=False, emoji=False, markup=False
    )
    draw(Screen(console=console))
    return target.getvalue().rstrip("\n").split("\n")


def _title(screen: Screen, exercise: Exercise, before: str = "") -> None:
    text = Text.assemble(before, (exercise.id, "bold"), f"  {exercise.title}")
    screen.console.print(Text("\n") + text if not before else text)


def _bar(desk: Desk, width: int, plain: bool) -> Text:
    done, total = desk.progress.done, len(desk.exercises)
    tried = desk.progress.tried
    text = f" {done} of {total} done" + (f", {tried} {SO_FAR}" if tried else "")
    if not desk.course.handout:
        text += f", {points(desk.progress.earned)} of {points(desk.course.points)} points"
    room = max(8, min(40, width - len(text) - 1))
    full, so_far = round(room * done / total), round(room * (done + tried) / total)
    filled, empty = ("#", ".") if plain else ("━", "─")
    return Text.assemble(
        (filled * full, "green"),
        (filled * (so_far - full), "yellow"),
        (empty * (room - so_far), "dim"),
        text,
    )


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
