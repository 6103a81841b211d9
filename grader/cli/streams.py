"""Standard output and standard error, where they may end or be full before `grade` has finished.

What cannot be printed must never look like a verdict: a reader that has gone away ends `grade` as
it ends other programs, with 141 and without a word; a full disk is one sentence and exit status 2.
A name whose bytes are no text, or a mark that the terminal's encoding lacks, is printed escaped.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from grader.report.safe import without_marks

__all__ = ["CLOSED_PIPE", "flush", "guard"]

#: What shells report of a program that SIGPIPE ended: 128 + SIGPIPE.
CLOSED_PIPE = 141
_FULL = 2


class _Guarded(io.RawIOBase):
    """A descriptor to write to; once a write has failed, all others vanish.

    Args:
        ends: whether a write that fails ends the program.
    """

    def __init__(self, fd: int, ends: bool) -> None:
        self._fd, self._ends = fd, ends
        self._failed = False

    def fileno(self) -> int:
        return self._fd

    def isatty(self) -> bool:
        return os.isatty(self._fd)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        """Write what the descriptor takes.

        Raises:
            SystemExit: it takes nothing any more.
        """
        view = memoryview(data)  # type: ignore[arg-type]
        if self._failed:
            return view.nbytes
        try:
            return os.write(self._fd, view)
        except OSError as error:
            self._failed = True
            if not self._ends:
                return view.nbytes
            if error.errno == errno.EPIPE:
                raise SystemExit(CLOSED_PIPE) from None
            print(f"Standard output cannot be written: {error.strerror}.", file=sys.stderr)
            raise SystemExit(_FULL) from None


class _Text(io.TextIOWrapper):
    """A stream of text in which nothing turns the text around it."""

    def write(self, text: str) -> int:
        super().write(without_marks(text))
        return len(text)


def guard() -> None:
    """Take standard output and standard error into care."""
    sys.stdout = _guarded(sys.stdout, ends=True)
    sys.stderr = _guarded(sys.stderr, ends=False)


def flush() -> None:
    """Print what is still waiting to be printed.

    Raises:
        SystemExit: standard output cannot be written.
    """
    sys.stdout.flush()
    sys.stderr.flush()


def _guarded(stream: TextIO | None, ends: bool) -> TextIO:
    if stream is None:  # it was closed before we began
        return open(os.devnull, "w", encoding="utf-8")
    try:
        fd = stream.fileno()
    except (OSError, ValueError, AttributeError):
        return stream
    with suppress(OSError, ValueError):
        stream.flush()
    return _Text(
        io.BufferedWriter(_Guarded(fd, ends)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=not ends or stream.isatty(),
    )
