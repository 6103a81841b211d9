"""Screens: one Report, shown in a terminal or as plain text.

Nothing is said by colour alone: each state has a word or a mark of its own. `--plain` and a pipe
get ASCII marks and no colour.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from grader.course.outline import Course, Exercise, Feedback
from grader.report.model import ExerciseResult, Outcome, Report
from grader.report.view import ExerciseView, TestView, view_exercise
from grader.report.words import (
    AGAIN,
    BROKEN,
    HANDOUT,
    IDEA,
    LOOK,
    PRINTED,
    notes,
    points,
    score,
    totals,
)

if TYPE_CHECKING:
    from grader.authoring.mutation import Mutated
    from grader.authoring.proof import Checked
    from grader.study.progress import Hint, Progress, State

__all__ = ["Screen"]

_WIDEST = 100

#: state -> (mark, plain mark, words, style)
_STATES: dict[State, tuple[str, str, str, str]] = {
    "done": ("✓", "ok ", "", "green"),
    "changed": ("~", "~  ", "changed since", "yellow"),
    "begun": ("◐", "...", "begun", "yellow"),
    "new": ("○", "-  ", "not begun", "dim"),
}

_KINDS = {
    "goal": "the goal",
    "idea": "the idea",
    "your answer": "your answer",
    "line": "a line with blanks",
}


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
        """What a submission came to: exercises, what went wrong in them, the sum.

        Args:
            theirs: it is somebody else's, whose name is shown.
        """
        self._line(Text(report.course, "bold"), Text(report.student if theirs else "", "dim"))
        self._overview(report)
        for exercise in report.exercises:
            if exercise.outcome not in ("passed", "not_attempted", "skipped"):
                self.exercise(exercise, course.feedback)
        self._notes(report, missing)
        self._sum(report, seconds, course.handout)

    def _overview(self, report: Report) -> None:
        """Each exercise in a line; units that nobody has begun in one line each."""
        units = [list(group) for _, group in groupby(report.exercises, lambda e: e.unit)]
        was_begun = True
        for exercises in units:
            begun = any(e.outcome != "not_attempted" for e in exercises) or len(units) == 1
            if begun or was_begun:
                self.console.print()
            was_begun = begun
            if begun:
                self.console.print(Text(exercises[0].unit, "bold"))
                for exercise in exercises:
                    self._standing(exercise)
            else:
                self._untouched(exercises)

    def _untouched(self, exercises: Sequence[ExerciseResult]) -> None:
        many = f"{len(exercises)} exercise{'s' * (len(exercises) != 1)} not begun"
        left = Text.assemble((f"{exercises[0].unit:<22}", "bold"), " ", self._mark("not_attempted"))
        possible = sum((e.possible for e in exercises), Decimal(0))
        right = f"0 of {points(possible)}" if possible else ""
        self._line(left + Text(f" {many}", "dim"), Text(right, "dim"))

    def _standing(self, exercise: ExerciseResult) -> None:
        words = LOOK[exercise.outcome].words
        left = Text.assemble(
            "  ", self._mark(exercise.outcome), " ", (f"{exercise.id:<20}", "bold"), " "
        )
        left.append(words or exercise.title, "" if words else "dim")
        self._line(left, Text(score(exercise), LOOK[exercise.outcome].style))

    def exercise(
        self, exercise: ExerciseResult, feedback: Feedback, ideas_first: bool = False
    ) -> None:
        """One exercise, test by test, as far as the course lets a student see.

        Args:
            ideas_first: say first which idea is wrong, where the end may be out of sight.
        """
        seen = view_exercise(exercise, feedback)
        self.console.print()
        self._line(Text.assemble((seen.id, "bold"), f"  {seen.title}"), Text(seen.score))
        if ideas_first:
            self._ideas(seen)
        if seen.broken:
            told = Text.assemble("  ", self._mark("error"), " ", (BROKEN, "red"))
            self.console.print(told)
            self._indented(Text(seen.broken), 6)
        for test in seen.tests:
            self._test(test)
        if not ideas_first:
            self._ideas(seen)

    def _ideas(self, seen: ExerciseView) -> None:
        for hint in seen.ideas:
            idea = Text.assemble((IDEA if self.plain else "→ ", "bold yellow"), (hint, "yellow"))
            self._indented(idea, 2)

    def _test(self, test: TestView) -> None:
        words, style = LOOK[test.outcome].words, "dim" if test.outcome == "passed" else ""
        title = Text.assemble((f"{words}: ", LOOK[test.outcome].style) if words else "", test.title)
        title.stylize(style)
        self._line(
            Text.assemble("  ", self._mark(test.outcome), " ", title),
            Text(test.score, style),
            indent=4 if not self.plain else 6,
        )
        if test.message:
            message = Text(test.message, "dim" if test.message == AGAIN else "")
            self._indented(message, 6)
        if test.printed:
            self._indented(Text(PRINTED, "dim"), 6)
            self._indented(Text(test.printed, "dim"), 8)

    def _notes(self, report: Report, missing: tuple[str, ...]) -> None:
        told = notes(report, missing)
        if told:
            self.console.print()
        for note in told:
            self.console.print(Text(f"Note: {note}", "yellow"))

    def _sum(self, report: Report, seconds: float, handout: bool) -> None:
        first, *rest = totals(report, seconds, handout)
        between = ", " if self.plain else " · "
        told = Text.assemble("\n", (first, "" if handout else "bold"))
        self.console.print(Text.assemble(told, *(f"{between}{part}" for part in rest)))
        if handout:
            self.console.print(Text(HANDOUT, "dim"))

    def why(self, exercise: Exercise, text: str) -> None:
        """Why it works, said after a pass."""
        if text:
            told = Text.assemble((f"{exercise.id} is right. ", "green"), ("Why it works: ", "bold"))
            self.console.print(told + Text(text))

    def offer(self, exercise: Exercise) -> None:
        """A hint, offered where the same failure keeps coming back."""
        told = f"{exercise.id} fails in the same place again. A hint: `grade hint {exercise.id}`"
        self.console.print(Text(told, "yellow"))

    # --- the proof of a course ---------------------------------------------------------------

    def checked(self, checked: Checked) -> None:
        """One line for an exercise, and one for each thing that is wrong with it."""
        proved = not checked.faults
        counts = ", ".join(
            f"{count} {what}{'s' * (count != 1)}"
            for count, what in (
                (checked.tests, "test"),
                (checked.ideas, "idea"),
                (checked.accepts, "variant"),
            )
        )
        if checked.skipped:
            counts += f", {checked.skipped} not run"
        self._line(
            Text.assemble(self._mark("passed" if proved else "failed"), f" {checked.exercise:<22}"),
            Text(counts, "dim"),
        )
        for fault in checked.faults:  # one line each: it can be searched, and its place be opened
            self.console.print(Text(f"    {fault}"), soft_wrap=True)

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
            self._indented(Text(f"{told}\n{change}"), 4)
        for fault in mutated.faults:
            self._indented(Text(str(fault)), 4)

    def caught(self, done: Sequence[Mutated], seconds: float) -> int:
        """The summary line of a mutation run; the number of faults, too few caught being one."""
        from grader.authoring.mutation import CAUGHT

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

    def outline(self, course: Course, progress: Progress) -> None:
        """The map of the course: units, exercises, how far each is, points, the next step."""
        self.console.print(Text(course.title, "bold"))
        for unit in course.units:
            due = f"due {unit.due:%Y-%m-%d %H:%M}" if unit.due else ""
            self.console.print()
            self._line(Text.assemble((unit.id, "bold"), f"  {unit.title}"), Text(due, "dim"))
            for exercise in unit.exercises:
                self._place(exercise, progress)
        exercises = list(course.exercises)
        self.console.print()
        reached = f"{progress.done} of {len(exercises)} exercises done"
        if course.handout:
            score = f", for {points(course.points)} points in all"
        else:
            score = f", {points(progress.earned)} of {points(course.points)} points"
        self.console.print(reached + score)
        self.step(course, progress.next())

    def _place(self, exercise: Exercise, progress: Progress) -> None:
        state, record = progress.state(exercise), progress[exercise.id]
        mark, plain, words, style = _STATES[state]
        score = points(exercise.points)
        if record.possible and state != "new":
            score = f"{points(record.earned)} of {score}"
        left = Text.assemble(
            "  ",
            (plain if self.plain else mark, style),
            " ",
            (f"{exercise.id:<20}", "bold"),
            f" {exercise.title}",
        )
        if words and state != "new":
            left.append(f" ({words})", style)
        self._line(left, Text(score, style if state != "new" else ""), indent=26)

    def step(self, course: Course, exercise: Exercise | None) -> None:
        """The one thing to do now."""
        if exercise is None:
            self.console.print(Text("All of it is right. Well done.", "green"))
            return
        path = _relative(course.stub(exercise))
        self.console.print(Text.assemble("Next: ", (f"{path}", "bold")))
        self.console.print(Text(f"Then:  grade {exercise.id}", "dim"))

    # --- hints --------------------------------------------------------------------------

    def hints(self, exercise: Exercise, tiers: Sequence[Hint], left: int, key: str = "") -> None:
        """The hints of an exercise that are open, the last one being new.

        Args:
            left: how many more there are; `key` opens the next, or the command does.
        """
        self._line(Text.assemble((exercise.id, "bold"), f"  {exercise.title}"), Text(""))
        for number, tier in enumerate(tiers, 1):
            text = Text.assemble((f"Hint {number}, {_KINDS[tier.kind]}: ", "bold"), tier.text)
            text.stylize("" if number == len(tiers) else "dim")
            self._indented(text, 2)
        if left:
            more = f"{left} more: {key or f'`grade hint {exercise.id}` again'}."
        else:
            more = "There are no further hints. The lesson beside the exercise explains the idea."
        self.console.print(Text(more, "dim"))

    # --- pieces -------------------------------------------------------------------------

    def _mark(self, outcome: Outcome) -> Text:
        look = LOOK[outcome]
        return Text(look.plain if self.plain else look.mark, look.style)

    def _indented(self, text: Text, indent: int) -> None:
        """Wrapped text behind spaces, without any after it: it may be copied from here."""
        for line in text.wrap(self.console, self.console.width - indent, overflow="fold"):
            line.rstrip()
            self.console.print(Text(" " * indent) + line)

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


def _relative(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _speaks_unicode() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "✓✗○◐→·…".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
