"""Screens: one Report, shown in a terminal or as plain text.

Nothing is said by colour alone: each state has a word or a mark of its own. `--plain` and a pipe
get ASCII marks and no colour.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.course.outline import Course, Feedback
from grader.model import ExerciseResult, Outcome, Report, TestResult

if TYPE_CHECKING:
    from rich.progress import Progress

    from grader.grading.check import Checked
    from grader.grading.mutation import Mutated

__all__ = ["Screen", "Steps", "points", "step_bar"]

_WIDEST = 100

#: outcome -> (mark, plain mark, words, style)
_LOOK: dict[Outcome, tuple[str, str, str, str]] = {
    "passed": ("✓", "ok ", "", "green"),
    "failed": ("✗", "NO ", "", "red"),
    "error": ("✗", "ERR", "error", "red"),
    "timeout": ("✗", "TIM", "too slow", "red"),
    "memory": ("✗", "MEM", "too much memory", "red"),
    "output": ("✗", "OUT", "printed too much", "red"),
    "crashed": ("✗", "CRA", "crashed", "red"),
    "forbidden": ("✗", "FOR", "forbidden call", "red"),
    "not_attempted": ("○", "-  ", "not begun", "dim"),
    "skipped": ("–", "skp", "not run", "yellow"),
    "grader_fault": ("!", "!! ", "grader fault", "magenta"),
}


def points(value: Decimal) -> str:
    """Points as people write them: `3`, `1.5`."""
    return f"{value.normalize():f}" if value else "0"


class Screen:
    """Writes screens to standard output.

    Args:
        plain: no colour, ASCII marks, no width beyond the terminal's.
        console: where to write; standard output by default.
    """

    def __init__(self, plain: bool = False, console: Console | None = None) -> None:
        self.plain = plain or not _speaks_unicode()
        self.console = console or Console(
            highlight=False, soft_wrap=False, no_color=plain or None, emoji=False, markup=False
        )
        if self.console.width > _WIDEST:
            self.console.width = _WIDEST

    # --- the report ---------------------------------------------------------------------

    def report(
        self,
        report: Report,
        course: Course,
        seconds: float,
        missing: tuple[str, ...] = (),
        theirs: bool = False,
    ) -> None:
        """What a submission came to: exercises, what went wrong in them, the sum, the next step."""
        begun = [e for e in report.exercises if e.outcome != "not_attempted"]
        self._overview(report)
        for exercise in begun:
            if exercise.outcome != "passed":
                self._exercise(exercise, course.feedback)
        self._notes(report, missing)
        self._sum(report, seconds)
        self._next(report, course, theirs)

    def _overview(self, report: Report) -> None:
        self._line(Text(report.course, "bold"), Text(report.student, "dim"))
        unit = ""
        for exercise in report.exercises:
            if exercise.unit != unit:
                unit = exercise.unit
                self.console.print(Text(f"\n{unit}", "bold"))
            words = _LOOK[exercise.outcome][2]
            score = f"{points(exercise.earned)} of {points(exercise.possible)}"
            left = Text.assemble(
                "  ", self._mark(exercise.outcome), " ", (f"{exercise.id:<20}", "bold"), " "
            )
            left.append(words or exercise.title, "" if words else "dim")
            self._line(left, Text(score, _LOOK[exercise.outcome][3]))

    def _exercise(self, exercise: ExerciseResult, feedback: Feedback) -> None:
        self.console.print()
        self._line(
            Text.assemble((exercise.id, "bold"), f"  {exercise.title}"),
            Text(f"{points(exercise.earned)} of {points(exercise.possible)}"),
        )
        if feedback.hidden != "nothing":
            for test in exercise.tests:
                self._test(test, feedback.hidden == "everything")
        if feedback.hidden == "everything":
            for diagnosis in exercise.diagnoses:
                idea = Text.assemble(
                    ("Idea to look at: " if self.plain else "→ ", "bold yellow"),
                    (diagnosis.hint, "yellow"),
                )
                self.console.print(Padding(idea, (0, 0, 0, 2)))

    def _test(self, test: TestResult, everything: bool) -> None:
        words = _LOOK[test.outcome][2]
        title = Text.assemble((f"{words}: ", _LOOK[test.outcome][3]) if words else "", test.title)
        style = "dim" if test.outcome == "passed" else ""
        title.stylize(style)
        self._line(
            Text.assemble("  ", self._mark(test.outcome), " ", title),
            Text(
                f"{points(test.earned)} of {points(test.possible)}",
                "dim" if test.outcome == "passed" else "",
            ),
            indent=4 if not self.plain else 6,
        )
        if not everything or test.outcome == "passed":
            return
        if test.message:
            self.console.print(
                Padding(Text(test.message, overflow="fold"), (0, 0, 0, 6)), style=None
            )
        if test.printed.strip():
            self.console.print(Padding(Text("Your code printed:", "dim"), (0, 0, 0, 6)))
            self.console.print(Padding(Text(_first_lines(test.printed), "dim"), (0, 0, 0, 8)))

    def _notes(self, report: Report, missing: tuple[str, ...]) -> None:
        notes = list(report.notes)
        skipped = [t for e in report.exercises for t in e.tests if t.outcome == "skipped"]
        if skipped:
            reason = skipped[0].message.removeprefix("Not run: ").rstrip(".")
            notes.append(
                f"{len(skipped)} tests were not run and are not counted: {reason}."
                + (" `pip install torch` adds it." if "PyTorch" in reason else "")
            )
        if report.isolation == "none":
            why = f" ({' '.join(missing)})" if missing else ""
            notes.append(f"Student code ran without the lock{why}: fine for your own work only.")
        if notes:
            self.console.print()
        for note in notes:
            self.console.print(Text(f"Note: {note}", "yellow"))

    def _sum(self, report: Report, seconds: float) -> None:
        done = sum(1 for e in report.exercises if e.outcome == "passed")
        total = len(report.exercises)
        text = Text.assemble(
            "\n",
            (f"{points(report.earned)} of {points(report.possible)} points", "bold"),
            f" · {done} of {total} exercise{'s' * (total != 1)} done · {seconds:.1f} s",
        )
        self.console.print(text if not self.plain else Text(text.plain.replace(" · ", ", ")))

    def _next(self, report: Report, course: Course, theirs: bool) -> None:
        """The one thing to do now; nothing where someone else's work was graded."""
        todo = next((e for e in report.exercises if e.outcome not in ("passed", "skipped")), None)
        if theirs:
            return
        if todo is None:
            self.console.print(Text("All of it is right. Well done.", "green"))
            return
        exercise = course.exercise(todo.id)
        assert exercise is not None
        path = _relative(course.stub(exercise))
        verb = "Begin with" if todo.outcome == "not_attempted" else "Next"
        self.console.print(Text.assemble(f"{verb}: ", (f"{path}", "bold")))
        self.console.print(Text(f"Then:  grade {todo.id}", "dim"))

    # --- the proof of a course ---------------------------------------------------------------

    def checked(self, checked: Checked) -> None:
        """One line for an exercise, and one for each thing that is wrong with it."""
        proved = not checked.faults
        counts = f"{checked.tests} tests, {checked.ideas} ideas, {checked.accepts} variants"
        self._line(
            Text.assemble(self._mark("passed" if proved else "failed"), f" {checked.exercise:<22}"),
            Text(counts, "dim"),
        )
        for fault in checked.faults:
            self.console.print(Padding(Text(str(fault)), (0, 0, 0, 4)))

    def proved(self, exercises: int, faults: int, seconds: float) -> None:
        """The summary line of a check."""
        many = f"{exercises} exercise{'s' * (exercises != 1)}"
        if faults:
            told = Text(f"{faults} fault{'s' * (faults != 1)} in {many}", "bold red")
        else:
            told = Text(f"{many} proved", "bold green")
        self.console.print(Text.assemble(told, f" in {seconds:.1f} s."))

    def mutated(self, mutated: Mutated) -> None:
        """One line for an exercise's mutants, and one for each that nothing noticed."""
        told = f"{mutated.caught} of {mutated.total} changes noticed"
        if mutated.equivalent:
            told += f", {mutated.equivalent} equivalent"
        if mutated.untried:
            told += f", {mutated.untried} not tried"
        sound = not (mutated.survivors or mutated.faults)
        self._line(
            Text.assemble(self._mark("passed" if sound else "failed"), f" {mutated.exercise:<22}"),
            Text(told, "dim"),
        )
        for mutant in mutated.survivors:
            where = f"{mutated.solution}:{mutant.line}"
            within = f" (in {mutant.function})" if mutant.function else ""
            told = f"{where}: no test notices this change{within}"
            change = f"    - {mutant.before}\n    + {mutant.after}"
            self.console.print(Padding(Text(f"{told}\n{change}"), (0, 0, 0, 4)))
        for fault in mutated.faults:
            self.console.print(Padding(Text(str(fault)), (0, 0, 0, 4)))

    def caught(self, done: Sequence[Mutated], seconds: float) -> int:
        """The summary line of a mutation run; the number of faults, too few caught being one."""
        from grader.grading.mutation import CAUGHT

        tried = sum(m.total - m.untried for m in done)
        caught = sum(m.caught for m in done)
        survivors = sum(len(m.survivors) for m in done)
        share = caught / tried if tried else 1.0
        faults = survivors + sum(len(m.faults) for m in done) + (share < CAUGHT)
        if survivors:
            told = "For each survivor: a test that notices it, or, if no allowed input can, an "
            told += "entry (in, from, to, why) in tests/equivalents/UNIT/EXERCISE.yaml."
            self.console.print(Text(told))
        if share < CAUGHT:
            self.console.print(
                Text(f"Too few changes are noticed; expected at least {CAUGHT:.0%}.")
            )
        told = f"{caught} of {tried} changes noticed ({share:.1%})"
        wrong = f", {faults} fault{'s' * (faults != 1)}" if faults else ""
        style = "bold red" if faults else "bold green"
        self.console.print(Text.assemble((told + wrong, style), f" in {seconds:.1f} s."))
        return faults

    # --- the course ---------------------------------------------------------------------

    def outline(self, course: Course) -> None:
        """Units and exercises in order, with their points."""
        self.console.print(Text(course.title, "bold"))
        for unit in course.units:
            due = f"due {unit.due:%Y-%m-%d %H:%M}" if unit.due else ""
            self.console.print()
            self._line(Text.assemble((unit.id, "bold"), f"  {unit.title}"), Text(due, "dim"))
            for exercise in unit.exercises:
                self._line(
                    Text.assemble("  ", (f"{exercise.id:<20}", "bold"), f" {exercise.title}"),
                    Text(points(exercise.points)),
                )
        count = sum(1 for _ in course.exercises)
        many = f"{count} exercise{'s' * (count != 1)}"
        self.console.print(Text(f"\n{many}, {points(course.points)} points"))

    # --- pieces -------------------------------------------------------------------------

    def _mark(self, outcome: Outcome) -> Text:
        mark, plain, _, style = _LOOK[outcome]
        return Text(plain if self.plain else mark, style)

    def _line(self, left: Text, right: Text, indent: int = 2) -> None:
        """`left` and `right` on one line; a long `left` wraps, indented, short of the right."""
        room = max(24, self.console.width - len(right.plain) - 2)
        lines = left.wrap(self.console, room) if left.cell_len > room else [left]
        for i, line in enumerate(lines):
            line.rstrip()
            if i == 0:
                gap = max(1, self.console.width - line.cell_len - right.cell_len)
                self.console.print(Text.assemble(line, " " * gap, right) if right else line)
            else:
                self.console.print(Text.assemble(" " * indent, line))


def _first_lines(text: str, most: int = 5) -> str:
    lines = text.strip().splitlines()
    cut = [line if len(line) <= 200 else line[:200] + " …" for line in lines[:most]]
    return "\n".join(cut + ([f"… {len(lines) - most} more lines"] if len(lines) > most else []))


def _relative(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _speaks_unicode() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "✓✗○→·…".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


class Steps:
    """A bar that says what is being done; where there is no terminal it says nothing."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("starting", total=total) if progress is not None else None

    def total(self, total: int) -> None:
        """How many there are, where that was not known at the start."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, total=total)

    def say(self, what: str) -> None:
        """Name the step that begins now."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=what)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar off the screen while something else is printed."""
        if self._progress is not None:
            self._progress.stop()
        yield
        if self._progress is not None:
            self._progress.start()

    def advance(self) -> None:
        """One of `total` is done."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)


@contextmanager
def step_bar(total: int, quiet: bool) -> Iterator[Steps]:
    """A bar with an ETA on standard error while something long runs."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield Steps(None, total)
        return
    console.width -= 3  # room for the ^C that a terminal echoes: the bar must not wrap
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:<36.36}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Steps(progress, total)
