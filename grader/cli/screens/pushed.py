"""What a push would write, old and new, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from grader.classroom.exports.export import Notice
from grader.cli.screens.exported import print_notices
from grader.cli.screens.screen import Screen
from grader.handin.text import printable
from grader.platforms.canvas.plan import Plan, Row
from grader.platforms.canvas.push import Pushed
from grader.report.words import plural, points

__all__ = ["print_plan", "print_pushed"]

#: Failures that are listed; `--json` has them all.
_MOST = 20


def print_plan(screen: Screen, plan: Plan, notices: Sequence[Notice], where: str) -> None:
    """A line for each mark that changes, then those that stay, then what is remarkable."""
    for label, visible in plan.visible.items():
        rows = [row for row in plan.rows if row.label == label]
        writes = [row for row in rows if row.verdict.action == "write"]
        stays = [row for row in rows if row.verdict.action == "stays"]
        same = len(rows) - len(writes) - len(stays)
        counts = f"{len(writes):,} to write, {same:,} there already, {len(stays):,} left"
        screen.print_line(Text(printable(label), "bold"), Text(counts), 4)
        screen.print_indented(Text(f"Students' view: {visible}.", "dim"), 2)
        for row in writes:
            screen.print_line(Text(f"  {_who(row)}"), Text(_change(screen, row)), 4)
        for row in stays:
            style = "yellow" if row.verdict.person else "dim"
            told = f"{_who(row)}: {row.old or 'nothing'} stays, {printable(row.verdict.reason)}"
            screen.print_indented(Text(told, style), 2)
    comments = sum(bool(row.comment) and row.verdict.action != "stays" for row in plan.rows)
    if comments:
        screen.print_indented(Text(f"{plural(comments, 'comment')}, each added once."), 0)
    print_notices(screen, notices)
    screen.console.print()
    screen.console.print(Text(f"Gradebook: {printable(where)}"), soft_wrap=True)


def _who(row: Row) -> str:
    return printable(row.name)


def _change(screen: Screen, row: Row) -> str:
    arrow = "->" if screen.plain else "→"
    reason = f" ({row.verdict.reason})" if row.verdict.reason else ""
    return f"{row.old or 'nothing'} {arrow} {points(row.value)}{reason}"


def print_pushed(screen: Screen, came: Pushed, again: str) -> None:
    """How much was written, what was not, and how to go on."""
    left = Text(f"{plural(came.written, 'mark')} written, {came.known:,} there already", "bold")
    comments = plural(came.comments, "comment") + " added" if came.comments else ""
    screen.print_line(left, Text(comments))
    if came.failures:
        screen.console.print()
        heading = f"Not written, or not as it was sent: {len(came.failures):,}"
        screen.print_indented(Text(heading, "bold yellow"), 0)
        for each in came.failures[:_MOST]:
            told = f"{each.name}, {each.label}: {each.what}"
            screen.print_indented(Text(printable(told)), 2)
        if len(came.failures) > _MOST:
            screen.print_indented(Text(f"and {len(came.failures) - _MOST:,} more", "dim"), 2)
    if came.stopped:
        screen.console.print()
        screen.print_indented(
            Text(f"Ended after {came.done:,} of {came.total:,}: {printable(came.stopped)}"), 0
        )
        screen.console.print(Text(f"To go on:  {again}"), soft_wrap=True)
