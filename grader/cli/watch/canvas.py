"""Drawing on the terminal's second screen, which leaves the first as it was.

The control sequences are those of ECMA-48 and xterm: 1049 second screen, 25 cursor, 7 line wrap.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

__all__ = ["Canvas"]

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J"
_LEAVE = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"


class Canvas:
    """A terminal that is drawn row by row: a body that may be scrolled, and a footer that stays.

    Args:
        fd: the terminal's descriptor.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take the second screen, and give it back in any case."""
        self._write(_ENTER)
        try:
            yield
        finally:
            self._write(_LEAVE)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Inside of `taken`: give it back for a while."""
        self._write(_LEAVE)
        try:
            yield
        finally:
            self._write(_ENTER)

    def size(self) -> tuple[int, int]:
        """(columns, rows) of the terminal as it is now."""
        try:
            size = os.get_terminal_size(self._fd)
        except OSError:
            return 80, 24
        return (size.columns or 80), (size.lines or 24)

    def draw(self, body: Sequence[str], footer: Sequence[str], scroll: int) -> int:
        """Draw everything.

        Args:
            scroll: how many lines of the body are above the screen.

        Returns:
            The scroll that was possible.
        """
        _, rows = self.size()
        footer = footer[: max(1, rows - 2)]
        room = max(1, rows - len(footer))
        scroll = max(0, min(scroll, len(body) - room))
        visible = list(body[scroll : scroll + room])
        below = len(body) - scroll - room
        if below > 0 and room > 1:
            visible[-1] = f"\x1b[2m  … {below + 1} more lines: arrow keys or space\x1b[0m"
        visible += [""] * (room - len(visible))
        lines = [*visible, *footer]
        text = "".join(f"\x1b[{row};1H\x1b[2K{line}\x1b[0m" for row, line in enumerate(lines, 1))
        self._write(text)
        return scroll

    def _write(self, text: str) -> None:
        sys.stdout.flush()
        data = memoryview(text.encode("utf-8", "replace"))
        while data:
            data = data[os.write(self._fd, data) :]
