"""What `grade check` found: an exercise a line, what is wrong below it, and the sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from grader.cli.screens.screen import Screen
from grader.report.words import plural

if TYPE_CHECKING:
    from grader.authoring.mutation import Mutated, MutationSummary
    from grader.authoring.proof import Checked
    from grader.errors import Fault

__all__ = [
    "print_checked",
    "print_contract",
    "print_mutated",
    "print_mutation_summary",
    "print_proof_summary",
]


def print_checked(screen: Screen, checked: Checked) -> None:
    """One line for an exercise, and one for each thing that is wrong with it."""
    counts = [
        plural(checked.tests, "test"),
        plural(checked.ideas, "idea"),
        plural(checked.accepts, "variant"),
    ]
    if checked.skipped:
        counts.append(f"{checked.skipped} not run")
    _print_exercise(screen, checked.exercise, not checked.faults, ", ".join(counts))
    _print_faults(screen, checked.faults)


def print_contract(screen: Screen, exercise: str, faults: Sequence[Fault]) -> None:
    """One line for an exercise, and one for each input that its suite leaves out."""
    count = f"{plural(len(faults), 'input')} left out" if faults else "all that docstrings let in"
    _print_exercise(screen, exercise, not faults, count)
    _print_faults(screen, faults)


def _print_faults(screen: Screen, faults: Sequence[Fault]) -> None:
    for fault in faults:  # one line each: it can be searched, and its place be opened
        screen.console.print(Text(f"    {fault}"), soft_wrap=True)


def print_proof_summary(screen: Screen, exercises: int, faults: int, seconds: float) -> None:
    """The last line of a check."""
    many = plural(exercises, "exercise")
    if faults:
        verdict = Text(f"{plural(faults, 'fault')} in {many}", "bold red")
    else:
        verdict = Text(f"{many} proved", "bold green")
    screen.console.print(Text.assemble(verdict, f" in {seconds:.1f} s."))


def print_mutated(screen: Screen, mutated: Mutated) -> None:
    """One line for an exercise's mutants, and some for each that nothing noticed."""
    counts = f"{mutated.caught} of {mutated.total} changes noticed"
    if mutated.equivalent:
        counts += f", {mutated.equivalent} equivalent"
    if mutated.untried:
        counts += f", {mutated.untried} not tried"
    is_sound = not (mutated.survivors or mutated.faults)
    _print_exercise(screen, mutated.exercise, is_sound, counts)
    for mutant in mutated.survivors:
        where = f"{mutated.solution}:{mutant.line}"
        within = f" (in {mutant.function})" if mutant.function else ""
        change = f"    - {mutant.before}\n    + {mutant.after}"
        fault = f"{where}: no test notices this change{within}\n{change}"
        screen.print_indented(Text(fault), 4)
    for stale in mutated.faults:
        screen.print_indented(Text(str(stale)), 4)


def print_mutation_summary(screen: Screen, summary: MutationSummary, seconds: float) -> None:
    """The last lines of a mutation run."""
    if summary.survivors:
        advice = "For each survivor: a test that notices it, or, if no allowed input can, an "
        advice += "entry (in, from, to, why) in tests/equivalents/UNIT/EXERCISE.yaml."
        screen.console.print(Text(advice))
    if not summary.is_enough:
        complaint = f"Too few changes are noticed; expected at least {summary.least:.0%}."
        screen.console.print(Text(complaint))
    verdict = f"{summary.caught} of {summary.tried} changes noticed ({summary.share:.1%})"
    if summary.faults:
        verdict += f", {plural(summary.faults, 'fault')}"
    style = "bold red" if summary.faults else "bold green"
    screen.console.print(Text.assemble((verdict, style), f" in {seconds:.1f} s."))


def _print_exercise(screen: Screen, exercise: str, is_sound: bool, counts: str) -> None:
    mark = screen.mark("passed" if is_sound else "failed")
    screen.print_line(Text.assemble(mark, f" {exercise:<22}"), Text(counts, "dim"))
