"""The errors that people meet, as one tree.

    WxbError
    ├── UsageError          the command line or a call asks for something that is not there (exit 2)
    │   └── SubmissionError a path that holds no submission, or one that cannot be read
    ├── CourseError         the course has faults; carries all of them (exit 2)
    ├── IsolationError      the lock around student code cannot be had, or would not hold (exit 2)
    └── GraderFault         our own mistake: never charged to a student (exit 3)
        └── ProcessGone     a process that grading needs has ended; another may have more luck

Each message says what happened, where, and what to do next.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.version import __version__

__all__ = [
    "CourseError",
    "Fault",
    "GraderFault",
    "IsolationError",
    "ProcessGone",
    "SubmissionError",
    "UsageError",
    "WxbError",
]


class WxbError(Exception):
    """Root of everything wxb raises on purpose."""

    exit_code = 2

    def told(self) -> str:
        """The whole of what a person is told."""
        return str(self)

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this: a person's mistake needs a sentence, not a traceback."""
        return [f"{type(self).__name__}: {self.told()}"]


class UsageError(WxbError):
    """A request that cannot be met as it was put."""


class SubmissionError(UsageError):
    """A path that holds no submission, or one that cannot be read."""


class IsolationError(WxbError):
    """The lock around student code is missing, or would leave the course readable."""


class GraderFault(WxbError):
    """A mistake of the grader's own; the message says what to report."""

    exit_code = 3

    def told(self) -> str:
        return (
            f"A fault of the grader's own; no mark was given or lost.\n{self}\n"
            f"Please report this text, with what you ran (wxb {__version__})."
        )


class ProcessGone(GraderFault):
    """A process that grading needs has ended: with another one the same may work."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong with a course, at one place; a value that travels between processes.

    Args:
        path: the file, relative to the course where it lies inside it.
        line: 1-based line, or 0 where a whole file is meant.
        what: what is wrong.
        expected: what was expected instead, or a question that begins with "did you mean"; may be
            empty.
    """

    path: Path
    line: int
    what: str
    expected: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        hint = self.expected
        if hint and not hint.startswith(("expected ", "did you mean ")):
            hint = f"expected {hint}"
        return f"{where}: {self.what}" + (f"; {hint}" if hint else "")


class CourseError(WxbError):
    """Everything that is wrong with a course, found in one go."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))

    def told(self) -> str:
        count = len(self.faults)
        return f"{self}\n{count} fault{'s' * (count != 1)} in the course; nothing was graded."
