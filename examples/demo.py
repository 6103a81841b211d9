"""Grade the three sample submissions beside this file: what `make demo` shows.

Ada is done. Ben is half way, with two ideas that need another look. Mallory would rather read the
tests, forge a mark and stop the machine than compute a length.
"""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.table import Table

from grader import Course, Grader, Report, Submission
from grader.cli.steps import step_bar
from grader.cli.terminal import Screen
from grader.words import points

HERE = Path(__file__).resolve().parent
STORIES = {
    "ada": "finished",
    "ben": "half done, with wrong ideas in it",
    "mallory": "hostile: reads files, forges answers, never ends",
}


def main() -> None:
    course = Course.load(HERE.parent)
    console = Console(highlight=False)
    screen = Screen(console=console)
    graded: list[tuple[str, Report, float]] = []
    # The samples cover the first two units; the others would only be listed as not begun.
    exercises = [exercise for unit in course.units[:2] for exercise in unit.exercises]
    tests = sum(len(exercise.tests) for exercise in exercises)
    with Grader(course, exercises=[exercise.id for exercise in exercises]) as grader:
        grader.start()
        for name, story in STORIES.items():
            console.print()
            console.print(Rule(f"{name}: {story}", style="dim"))
            submission = Submission.from_path(HERE / "submissions" / name)
            began = time.perf_counter()
            with step_bar(tests, quiet=False) as steps:
                steps.say(f"grading {name}")
                report = grader.grade(submission, progress=lambda *_: steps.advance())
            seconds = time.perf_counter() - began
            screen.report(report, course, seconds, grader.missing, theirs=True)
            graded.append((name, report, seconds))
    console.print()
    console.print(Rule("summary", style="dim"))
    console.print(summary(graded))
    console.print(f"Isolation in force: {graded[0][1].isolation}.")
    console.print("Now it is your turn: exercises/ holds the stubs, `.venv/bin/grade` marks them.")


def summary(graded: list[tuple[str, Report, float]]) -> Table:
    """A row a submission: points, exercises done, time, ideas recognised."""
    table = Table("student", "points", "exercises", "time", "ideas recognised", box=None)
    for name, report, seconds in graded:
        done = sum(1 for exercise in report.exercises if exercise.outcome == "passed")
        ideas = [d.misconception for exercise in report.exercises for d in exercise.diagnoses]
        table.add_row(
            name,
            f"{points(report.earned)} of {points(report.possible)}",
            f"{done} of {len(report.exercises)}",
            f"{seconds:.2f} s",
            ", ".join(ideas) or "-",
        )
    return table


if __name__ == "__main__":
    main()
