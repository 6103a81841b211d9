"""What an export filled, what was handed back, and what to know before it is uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.text import Text

from grader.classroom.exports.export import Clock, Notice, Request, Written
from grader.classroom.exports.registry import Listed
from grader.classroom.feedback import Handed
from grader.classroom.gradebook.explain import moment
from grader.cli.screens.screen import Screen
from grader.handin.text import printable
from grader.report.words import plural

__all__ = ["LATE", "print_exports", "print_handed", "print_notices", "print_written", "summary"]

#: Lines about one kind of thing; `--json` has them all.
_MOST = 20
LATE: dict[Clock, str] = {
    "wxb": "Lateness: course.yaml's is in the numbers; switch the LMS's own off.",
    "lms": "Lateness: none is in the numbers; the LMS takes its own.",
}


def print_exports(screen: Screen, exports: Sequence[Listed]) -> None:
    """A line for each format."""
    for each in exports:
        origin = f" ({each.origin})" if each.origin else ""
        screen.console.print(Text.assemble((each.name, "bold"), (origin, "dim")))
        screen.print_indented(Text(each.about or each.broken), 4)


def print_written(screen: Screen, request: Request, written: Written, where: str) -> None:
    """Columns, whose lateness, and lists of whatever is remarkable."""
    for column in written.columns:
        about = ", ".join(column.about)
        left = Text(printable(column.header), "bold")
        if about != column.header:
            left.append(f"  {about}", "")
        right = plural(column.cells, "mark")
        if column.points:
            right += f" of {column.points}"
        if column.changed:
            right += f", {column.changed:,} overwritten"
        screen.print_line(left, Text(right), 4)
    print_notices(screen, written.notices)
    screen.console.print()
    screen.print_indented(Text(LATE[request.late]), 0)
    screen.console.print(Text(f"Gradebook: {printable(where)}"), soft_wrap=True)


def print_notices(screen: Screen, notices: Sequence[Notice]) -> None:
    """Headings with what they are about; those that need a person first."""
    for notice in sorted(notices, key=lambda notice: not notice.person):
        screen.console.print()
        count = f": {len(notice.lines):,}" if notice.lines else "."
        style = "bold yellow" if notice.person else "bold"
        screen.print_indented(Text(printable(notice.heading) + count, style), 0)
        for line in notice.lines[:_MOST]:
            screen.print_indented(Text(printable(line)), 2)
        if len(notice.lines) > _MOST:
            screen.print_indented(Text(f"and {len(notice.lines) - _MOST:,} more", "dim"), 2)


def summary(request: Request, written: Written, where: str, out: Path | None) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "format": 1,
        "course": request.course.title,
        "gradebook": where,
        "late": request.late,
        "columns": msgspec.to_builtins(written.columns),
        "notices": msgspec.to_builtins(written.notices),
        "out": str(out) if out is not None else None,
    }


def print_handed(screen: Screen, handed: Handed) -> None:
    """What was handed back, what waits and for whom."""
    if handed.files:
        count = f"{plural(handed.files, 'file')} for {plural(handed.students, 'student')}"
        screen.print_line(Text(printable(handed.out), "bold"), Text(count), 4)
        screen.print_indented(Text(f"of {', '.join(handed.units)}"), 2)
    else:
        screen.print_indented(Text("Nothing was written: there is nothing to hand back yet."), 0)
    for each in handed.waiting:
        screen.console.print()
        until = f" until {moment(each.until)}" if each.until is not None else ""
        screen.print_indented(Text(f"{each.unit} waits{until}, for", "bold"), 0)
        for name in each.open_for[:_MOST]:
            screen.print_indented(Text(printable(name)), 2)
        if len(each.open_for) > _MOST:
            screen.print_indented(Text(f"and {len(each.open_for) - _MOST:,} more", "dim"), 2)
    if handed.waiting:
        screen.print_indented(Text("--now does not wait.", "dim"), 0)
    print_notices(screen, handed.notices)
