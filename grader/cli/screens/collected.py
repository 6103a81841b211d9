"""What was collected, and what of it needs a person."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from grader.classroom.summary import Lateness, Problem, Summary
from grader.cli.screens.screen import Screen
from grader.handin.text import printable
from grader.report.words import plural

__all__ = ["print_summary"]

#: Lines about one kind of thing: the log has them all.
_MOST = 20


def print_summary(screen: Screen, summary: Summary, then: str = "") -> None:
    """A run of `grade collect`, and the command that comes next."""
    into = printable(summary.into)
    count = f"{plural(summary.attempts, 'hand-in')} of {plural(summary.people, 'student')}"
    screen.print_line(Text(into, "bold"), Text(count))
    for read in summary.sources:
        new = plural(read.hand_ins, "hand-in") + (f", {read.new} new" if read.new else ", none new")
        screen.print_line(Text(f"  {printable(read.path)}"), Text(f"{read.kind}: {new}"), 4)
    if not summary.course:
        _print_note(
            screen,
            "No course was found here, so it is not known which unit a file is for; "
            "--course names one.",
        )
    for note in summary.notes[:_MOST]:
        _print_note(screen, note)
    _print_more(screen, len(summary.notes))
    if summary.missing:
        _print_heading(screen, f"Handed in nothing: {len(summary.missing):,}")
        names = ", ".join(map(printable, summary.missing[:_MOST]))
        screen.print_indented(Text(names + (", …" if len(summary.missing) > _MOST else "")), 2)
    _print_late(screen, summary.late)
    _print_problems(screen, summary.problems)
    if summary.unmatched:
        many = plural(summary.unmatched, "hand-in")
        _print_heading(
            screen, f"Of nobody who is known: {many}, kept in {into.rstrip('/')}/unmatched/"
        )
    screen.console.print()
    if summary.problems:
        screen.console.print(Text(f"All of it is in {into.rstrip('/')}/collect.log."))
    if then:
        screen.console.print(Text(f"Grade it:  {then}"), soft_wrap=True)


def _print_late(screen: Screen, late: Sequence[Lateness]) -> None:
    unknown = [each for each in late if each.ours is None]
    if unknown:
        _print_heading(screen, f"Marked as late, without a time: {len(unknown):,}")
        names = ", ".join(printable(each.student) for each in unknown[:_MOST])
        screen.print_indented(Text(names + (", …" if len(unknown) > _MOST else "")), 2)
        screen.print_indented(
            Text("Nothing is deducted. Times can be given with --times FILE.", "dim"), 2
        )
    others = [each for each in late if each.ours is not None]
    if others:
        _print_heading(screen, "Late by one clock only")
        for each in others[:_MOST]:
            says = "the LMS says late" if each.marked else "the LMS says in time"
            ours = "course.yaml: late" if each.ours else "course.yaml: in time"
            screen.print_indented(Text(f"{printable(each.student)}: {says}, {ours}."), 2)
        _print_more(screen, len(others))


def _print_problems(screen: Screen, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    _print_heading(screen, f"Needs a person: {len(problems):,}")
    for problem in problems[:_MOST]:
        screen.print_line(
            Text(f"  {printable(problem.who) or '?'}", "bold"),
            Text(printable(problem.where), "dim"),
        )
        screen.print_indented(Text(printable(problem.what), "yellow"), 4)
    _print_more(screen, len(problems))


def _print_heading(screen: Screen, text: str) -> None:
    screen.console.print()
    screen.console.print(Text(text, "bold"))


def _print_note(screen: Screen, text: str) -> None:
    screen.print_indented(Text(f"Note: {printable(text)}", "dim"), 2)


def _print_more(screen: Screen, count: int) -> None:
    if count > _MOST:
        screen.print_indented(Text(f"and {count - _MOST:,} more", "dim"), 2)
