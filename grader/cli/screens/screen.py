"""The pieces that every screen is made of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from grader.course.faults import short_path
from grader.report.model import Outcome
from grader.report.safe import safe
from grader.report.words import LOOK

__all__ = ["SafeConsole", "Screen", "near"]

#: Columns: a line that is longer loses the eye on its way back, however wide the terminal is.
_WIDEST = 100
#: Columns that the left of a line keeps beside a long right end; a word still fits.
_NARROWEST = 24


class SafeConsole(Console):
    """A console on which text that others wrote can do nothing but be read."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            is_text = not segment.control
            yield Segment(safe(segment.text), segment.style) if is_text else segment


class Screen:
    """Where screens are printed.

    Args:
        plain: no colour, ASCII marks, no width beyond the terminal's.
        console: where to write; standard output by default.
    """

    def __init__(self, plain: bool = False, console: Console | None = None) -> None:
        self.plain = plain or not _speaks_unicode()
        self.console = console or SafeConsole(
            highlight=False, soft_wrap=False, no_color=plain or None, emoji=False, markup=False
        )
        if self.console.width > _WIDEST:
            self.console.width = _WIDEST

    def mark(self, outcome: Outcome) -> Text:
        """An outcome's mark, in its colour."""
        look = LOOK[outcome]
        return Text(look.plain if self.plain else look.mark, look.style)

    def print_line(self, left: Text, right: Text, indent: int = 2) -> None:
        """`left` and `right` on one line; a long `left` wraps, indented, short of the right."""
        room = max(_NARROWEST, self.console.width - len(right.plain) - 2)
        lines = left.wrap(self.console, room) if left.cell_len > room else [left]
        for i, line in enumerate(lines):
            line.rstrip()
            if i == 0:
                gap = max(1, self.console.width - line.cell_len - right.cell_len)
                self.console.print(Text.assemble(line, " " * gap, right) if right else line)
            else:
                self.console.print(Text.assemble(" " * indent, line))

    def print_indented(self, text: Text, indent: int) -> None:
        """Wrapped text behind spaces, without any after it: it may be copied from here."""
        for line in text.wrap(self.console, self.console.width - indent, overflow="fold"):
            line.rstrip()
            self.console.print(Text(" " * indent) + line)


def near(path: Path) -> Path:
    """A path as one would type it here: relative, if it lies below."""
    return short_path(path, Path.cwd())


def _speaks_unicode() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "✓✗○◐→·…".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
