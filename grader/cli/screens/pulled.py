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
    told = [plural(pulled.added + pulled.known, "extension")]
    told += [f"{pulled.added:,} new"] if pulled.added else ["none new"]
    told += [f"{pulled.taken_back:,} taken back"] if pulled.taken_back else []
    screen.print_line(Text("from Canvas"), Text(", ".join(told)))
    screen.console.print(Text(f"Gradebook: {printable(pulled.gradebook)}"), soft_wrap=True)
    screen.console.print()
    print_summary(screen, pulled.collected, then)
