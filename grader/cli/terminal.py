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
from rich.padding import Padding
from rich.text import Text

from grader.course.outline import Course, Exercise, Feedback
from grader.model import ExerciseResult, Outcome, Report, TestResult

if TYPE_CHECKING:
    from grader.cli.progress import Progress, State, Tier
    from grader.grading.check import Checked
    from grader.grading.mutation import Mutated

__all__ = ["Screen", "points"]

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
                self.exercise(exercise, course.feedback)
        self._notes(report, missing)
        self._sum(report, seconds, course.handout)
        self._next(report, course, theirs)

    def _overview(self, report: Report) -> None:
        """Each exercise in a line; units that nobody has begun in one line each."""
        self._line(Text(report.course, "bold"), Text(report.student, "dim"))
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
        words = _LOOK[exercise.outcome][2]
        left = Text.assemble(
            "  ", self._mark(exercise.outcome), " ", (f"{exercise.id:<20}", "bold"), " "
        )
        left.append(words or exercise.title, "" if words else "dim")
        self._line(left, Text(_score(exercise), _LOOK[exercise.outcome][3]))

    def exercise(
        self, exercise: ExerciseResult, feedback: Feedback, ideas_first: bool = False
    ) -> None:
        """One exercise, test by test, as far as the course lets a student see.

        Args:
            ideas_first: say first which idea is wrong, where the end may be out of sight.
        """
        self.console.print()
        self._line(
            Text.assemble((exercise.id, "bold"), f"  {exercise.title}"),
            Text(_score(exercise)),
        )
        if ideas_first:
            self._ideas(exercise, feedback)
        if _breaks_everywhere(exercise):
            self._broken(exercise.tests[0])
        elif feedback.hidden != "nothing":
            told = ""
            for test in exercise.tests:
                again = bool(test.message) and test.message == told
                self._test(test, feedback.hidden == "everything", again)
                told = test.message
        if not ideas_first:
            self._ideas(exercise, feedback)

    def _ideas(self, exercise: ExerciseResult, feedback: Feedback) -> None:
        for diagnosis in exercise.diagnoses if feedback.hidden == "everything" else ():
            idea = Text.assemble(
                ("Idea to look at: " if self.plain else "→ ", "bold yellow"),
                (diagnosis.hint, "yellow"),
            )
            self.console.print(Padding(idea, (0, 0, 0, 2)))

    def _broken(self, test: TestResult) -> None:
        """A module that cannot be run: said once, not for every test."""
        told = Text.assemble("  ", self._mark("error"), " ", ("It cannot be run:", "red"))
        self.console.print(told)
        self.console.print(Padding(Text(test.message, overflow="fold"), (0, 0, 0, 6)))

    def _test(self, test: TestResult, everything: bool, again: bool) -> None:
        """One test; a message that is the last one's again, e.g. a syntax error, is said once."""
        words = _LOOK[test.outcome][2]
        title = Text.assemble((f"{words}: ", _LOOK[test.outcome][3]) if words else "", test.title)
        style = "dim" if test.outcome == "passed" else ""
        title.stylize(style)
        self._line(
            Text.assemble("  ", self._mark(test.outcome), " ", title),
            Text(
                f"{points(test.earned)} of {points(test.possible)}" if test.possible else "",
                "dim" if test.outcome == "passed" else "",
            ),
            indent=4 if not self.plain else 6,
        )
        if not everything or test.outcome == "passed":
            return
        if again:
            self.console.print(Padding(Text("The same as above.", "dim"), (0, 0, 0, 6)))
        elif test.message:
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
            many = "1 test was" if len(skipped) == 1 else f"{len(skipped)} tests were"
            notes.append(
                f"{many} not run and not counted: {reason}."
                + (" `pip install torch` adds it." if "PyTorch" in reason else "")
            )
        if report.isolation == "none":
            why = f" ({' '.join(missing)})" if missing else ""
            notes.append(f"Student code ran without the lock{why}: fine for your own work only.")
        if notes:
            self.console.print()
        for note in notes:
            self.console.print(Text(f"Note: {note}", "yellow"))

    def _sum(self, report: Report, seconds: float, handout: bool) -> None:
        done = sum(1 for e in report.exercises if e.outcome == "passed")
        total = len(report.exercises)
        parts = [f"{done} of {total} exercise{'s' * (total != 1)} done", f"{seconds:.1f} s"]
        score = "" if handout else f"{points(report.earned)} of {points(report.possible)} points"
        between = ", " if self.plain else " · "
        rest = between.join(parts)
        self.console.print(Text.assemble("\n", (score, "bold"), between if score else "", rest))
        if handout:
            told = "These were the examples. The hidden tests run after you hand in: `grade pack`."
            self.console.print(Text(told, "dim"))

    def _next(self, report: Report, course: Course, theirs: bool) -> None:
        """The one thing to do now; nothing where someone else's work was graded."""
        todo = next((e for e in report.exercises if e.outcome not in ("passed", "skipped")), None)
        if not theirs:
            self.step(course, course.exercise(todo.id) if todo is not None else None)

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
        counts = f"{checked.tests} tests, {checked.ideas} ideas, {checked.accepts} variants"
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
        done = [e for e in exercises if progress.state(e) == "done"]
        earned = sum((progress[e.id].earned for e in exercises), Decimal(0))
        self.console.print()
        reached = f"{len(done)} of {len(exercises)} exercises done"
        if course.handout:
            score = f", for {points(course.points)} points in all"
        else:
            score = f", {points(earned)} of {points(course.points)} points"
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

    def hints(self, exercise: Exercise, tiers: Sequence[Tier], left: int, key: str = "") -> None:
        """The hints of an exercise that are open, the last one being new.

        Args:
            left: how many more there are; `key` opens the next, or the command does.
        """
        self._line(Text.assemble((exercise.id, "bold"), f"  {exercise.title}"), Text(""))
        for number, tier in enumerate(tiers, 1):
            text = Text.assemble((f"Hint {number}, {_KINDS[tier.kind]}: ", "bold"), tier.text)
            text.stylize("" if number == len(tiers) else "dim")
            self.console.print(Padding(text, (0, 0, 0, 2)))
        if left:
            more = f"{left} more: {key or f'`grade hint {exercise.id}` again'}."
        else:
            more = "There are no further hints. The lesson beside the exercise explains the idea."
        self.console.print(Text(more, "dim"))

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


def _score(exercise: ExerciseResult) -> str:
    """Points; where there are none, as in a handout, how many examples come out."""
    if exercise.possible or not exercise.tests:
        return f"{points(exercise.earned)} of {points(exercise.possible)}"
    tried = [test for test in exercise.tests if test.outcome != "skipped"]
    return f"{sum(test.outcome == 'passed' for test in tried)} of {len(tried)} examples"


def _breaks_everywhere(exercise: ExerciseResult) -> bool:
    """Whether all tests end in the same error: a syntax error, or one at import."""
    ends = {(test.outcome, test.message) for test in exercise.tests if test.outcome != "skipped"}
    return len(exercise.tests) > 1 and len(ends) == 1 and next(iter(ends))[0] == "error"


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
        "✓✗○◐→·…".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
