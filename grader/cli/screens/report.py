"""What a submission came to, and what is said after a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from rich.text import Text

from grader.cli.screens.screen import Screen
from grader.course.outline import Course, Exercise, Feedback
from grader.report.model import ExerciseResult, Report
from grader.report.view import ExerciseView, TestView, view_exercise
from grader.report.words import (
    AGAIN,
    AGAIN_UNDER,
    BROKEN,
    HANDOUT,
    IDEA,
    LOOK,
    PRINTED,
    SO_FAR,
    WHY,
    notes,
    plural,
    points,
    score,
    so_far,
    totals,
)

__all__ = ["print_exercise", "print_hint_offer", "print_report", "print_so_far", "print_why"]


def print_report(
    screen: Screen,
    report: Report,
    course: Course,
    seconds: float,
    missing: tuple[str, ...] = (),
    theirs: bool = False,
    feedback: Feedback | None = None,
) -> None:
    """What a submission came to: exercises, what went wrong in them, the sum.

    Args:
        seconds: how long grading took.
        missing: what the lock lacks here, in sentences.
        theirs: it is somebody else's, whose name is printed.
        feedback: what is shown of hidden tests; by default what the course lets a student see.
    """
    screen.print_line(Text(report.course, "bold"), Text(report.student if theirs else "", "dim"))
    _print_overview(screen, report)
    for exercise in report.exercises:
        if exercise.outcome not in ("passed", "not_attempted", "skipped"):
            print_exercise(screen, exercise, feedback or course.feedback)
    _print_notes(screen, notes(report, missing))
    _print_totals(screen, totals(report, seconds, course.handout), course.handout)


def print_exercise(
    screen: Screen, result: ExerciseResult, feedback: Feedback, ideas_first: bool = False
) -> None:
    """One exercise, test by test, as far as the course lets a student see.

    Args:
        ideas_first: say first which idea is wrong, where the end may be out of sight.
    """
    view = view_exercise(result, feedback)
    screen.console.print()
    screen.print_line(Text.assemble((view.id, "bold"), f"  {view.title}"), Text(view.score))
    if ideas_first:
        _print_ideas(screen, view)
    if view.broken:
        screen.console.print(Text.assemble("  ", screen.mark("error"), " ", (BROKEN, "red")))
        screen.print_indented(Text(view.broken), 6)
    for test in view.tests:
        _print_test(screen, test)
    if not ideas_first:
        _print_ideas(screen, view)


def print_why(screen: Screen, exercise: Exercise, why: str) -> None:
    """Why it works, after a pass."""
    lead = Text.assemble((f"{exercise.id} is right. ", "green"), (WHY, "bold"))
    screen.console.print(lead + Text(why))


def print_so_far(screen: Screen, exercise: Exercise, so_far: str) -> None:
    """What passes and what was not tried, where a part was not."""
    lead = Text.assemble((f"{exercise.id}: ", "bold"), (so_far, "yellow"))
    screen.console.print(lead)


def print_hint_offer(screen: Screen, exercise: Exercise) -> None:
    """A hint, offered where the same failure keeps coming back."""
    offer = f"{exercise.id} fails in the same place again. A hint: `grade hint {exercise.id}`"
    screen.console.print(Text(offer, "yellow"))


# --- the parts of a report ----------------------------------------------------------------------


def _print_overview(screen: Screen, report: Report) -> None:
    """Each exercise in a line; units that nobody has begun in one line each."""
    units = [list(group) for _, group in groupby(report.exercises, lambda e: e.unit)]
    was_begun = True
    for exercises in units:
        begun = any(e.outcome != "not_attempted" for e in exercises) or len(units) == 1
        if begun or was_begun:
            screen.console.print()
        was_begun = begun
        if begun:
            screen.console.print(Text(exercises[0].unit, "bold"))
            for exercise in exercises:
                _print_standing(screen, exercise)
        else:
            _print_untouched(screen, exercises)


def _print_untouched(screen: Screen, exercises: Sequence[ExerciseResult]) -> None:
    unit = Text.assemble((f"{exercises[0].unit:<22}", "bold"), " ", screen.mark("not_attempted"))
    many = Text(f" {plural(len(exercises), 'exercise')} not begun", "dim")
    possible = sum((e.possible for e in exercises), Decimal(0))
    worth = f"0 of {points(possible)}" if possible else ""
    screen.print_line(unit + many, Text(worth, "dim"))


def _print_standing(screen: Screen, exercise: ExerciseResult) -> None:
    look = LOOK[exercise.outcome]
    if so_far(exercise):
        look = look._replace(words=SO_FAR, style="yellow")
    left = Text.assemble(
        "  ", screen.mark(exercise.outcome), " ", (f"{exercise.id:<20}", "bold"), " "
    )
    left.append(look.words or exercise.title, "" if look.words else "dim")
    screen.print_line(left, Text(score(exercise), look.style))


def _print_test(screen: Screen, test: TestView) -> None:
    look, style = LOOK[test.outcome], "dim" if test.outcome == "passed" else ""
    title = Text.assemble((f"{look.words}: ", look.style) if look.words else "", test.title)
    title.stylize(style)
    screen.print_line(
        Text.assemble("  ", screen.mark(test.outcome), " ", title),
        Text(test.score, style),
        indent=4 if not screen.plain else 6,
    )
    if test.message:
        is_known = test.message.startswith((AGAIN, AGAIN_UNDER))
        screen.print_indented(Text(test.message, "dim" if is_known else ""), 6)
    if test.printed:
        screen.print_indented(Text(PRINTED, "dim"), 6)
        screen.print_indented(Text(test.printed, "dim"), 8)


def _print_ideas(screen: Screen, view: ExerciseView) -> None:
    lead = f"{'' if screen.plain else '→ '}{IDEA}"
    for hint in view.ideas:
        screen.print_indented(Text.assemble((lead, "bold yellow"), (hint, "yellow")), 2)


def _print_notes(screen: Screen, sentences: Sequence[str]) -> None:
    if sentences:
        screen.console.print()
    for sentence in sentences:
        screen.console.print(Text(f"Note: {sentence}", "yellow"))


def _print_totals(screen: Screen, parts: Sequence[str], handout: bool) -> None:
    first, *rest = parts
    between = ", " if screen.plain else " · "
    lead = Text.assemble("\n", (first, "" if handout else "bold"))
    screen.console.print(Text.assemble(lead, *(f"{between}{part}" for part in rest)))
    if handout:
        screen.console.print(Text(HANDOUT, "dim"))
