"""What came from a platform: the class as after `grade collect`, and the extensions."""

from __future__ import annotations

from rich.text import Text

from grader.cli.screens.collected import print_summary
from grader.cli.screens.screen import Screen
from grader.handin.text import printable
from grader.platforms.canvas.pull import Pulled
from grader.report.words import plural

__all__ = ["print_pulled"]


def print_pulled(screen: Screen, pulled: Pulled, then: str) -> None:
    """Which assignment is which unit, what came, and the command that comes next."""
    for label, unit in pulled.assignments.items():
        screen.print_line(Text(printable(label)), Text(unit))
    count = plural(pulled.added + pulled.known, "extension")
    told = [f"{pulled.added:,} new"]
    told += [f"{pulled.taken_back:,} taken back"] if pulled.taken_back else []
    screen.print_line(
        Text(f"{count} ({', '.join(told)}), kept in {printable(pulled.gradebook)}"), Text("")
    )
    screen.console.print()
    print_summary(screen, pulled.collected, then)
