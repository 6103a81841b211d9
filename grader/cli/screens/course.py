"""The map of a course, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from grader.cli.screens.screen import Screen, near
from grader.course.outline import Course, Exercise
from grader.report.words import SO_FAR, points
from grader.study.states import LOOKS

if TYPE_CHECKING:
    from grader.study.progress import Progress

__all__ = ["print_map", "print_next"]

ALL_RIGHT = "All of it is right. Well done."
NOTHING_LEFT = "Nothing is left to do here, and not all of it is done."


def print_map(screen: Screen, course: Course, progress: Progress) -> None:
    """Units, exercises, how far each is, points, the next step."""
    screen.console.print(Text(course.title, "bold"))
    for unit in course.units:
        due = f"due {unit.due:%Y-%m-%d %H:%M}" if unit.due else ""
        count = sum(map(len, progress.met(unit.id).values()))
        met = f"{count} challenge{'s' * (count != 1)} met" if count else ""
        right = ", ".join(filter(None, (met, due)))
        screen.console.print()
        screen.print_line(Text.assemble((unit.id, "bold"), f"  {unit.title}"), Text(right, "dim"))
        for exercise in unit.exercises:
            _print_exercise(screen, exercise, progress)
    screen.console.print()
    reached = f"{progress.done} of {sum(1 for _ in course.exercises)} exercises done"
    if progress.tried:
        reached += f", {progress.tried} {SO_FAR}"
    if progress.given_up:
        reached += f", {progress.given_up} given up"
    if course.handout:
        worth = f", for {points(course.points)} points in all"
    else:
        worth = f", {points(progress.earned)} of {points(course.points)} points"
    screen.console.print(reached + worth)
    print_next(screen, course, progress.next(), progress.finished)


def print_next(
    screen: Screen, course: Course, exercise: Exercise | None, finished: bool = False
) -> None:
    """The one thing to do now.

    Args:
        exercise: where it is to be done; None: nothing is left that could be done here.
        finished: every exercise of the course is done.
    """
    if exercise is None:
        text, style = (ALL_RIGHT, "green") if finished else (NOTHING_LEFT, "yellow")
        screen.console.print(Text(text, style))
        return
    path = near(course.stub(exercise))
    screen.console.print(Text.assemble("Next: ", (f"{path}", "bold")))
    screen.console.print(Text(f"Then:  grade {exercise.id}", "dim"))


def _print_exercise(screen: Screen, exercise: Exercise, progress: Progress) -> None:
    state, record = progress.state(exercise), progress[exercise.id]
    mark, plain, words, style = LOOKS[state]
    if state == "done" and record.given_up:
        words = "with the solution"
    score = points(exercise.points)
    if record.possible and state != "new":
        score = f"{points(record.earned)} of {score}"
    left = Text.assemble(
        "  ",
        (plain if screen.plain else mark, style),
        " ",
        (f"{exercise.id:<20}", "bold"),
        f" {exercise.title}",
    )
    if words and state != "new":
        left.append(f" ({words})", style)
    screen.print_line(left, Text(score, style if state != "new" else ""), indent=26)
