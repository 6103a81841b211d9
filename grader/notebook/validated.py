"""A check while nbgrader runs the notebook, as `nbgrader validate` does for a student.

nbgrader takes a cell for right unless it raises, and a cell's value for points. So what is not
right yet is raised, in words and without a traceback; what is right is shown and is no value.
"""

from __future__ import annotations

import os
import sys
import textwrap
from typing import NoReturn

import msgspec

from grader.errors import WxbError
from grader.notebook.result import Result
from grader.report.view import ReportView

__all__ = ["NotPassed", "Validated", "is_running", "refuse", "validated"]

#: Columns that `nbgrader validate` shows of a line.
_COLUMNS = 82


class NotPassed(WxbError):
    """What was checked is not right yet; the message says what."""

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this: the student reads the explanation and nothing of ours."""
        return [line for text in str(self).split("\n") for line in _wrapped(text)]


class Validated(Result, frozen=True, kw_only=True):
    """A result that is shown, and that no cell has as its value."""

    @property
    def view(self) -> ReportView:
        """All that is shown of it; what is handed in is handed in to nbgrader."""
        view = super().view
        closing = tuple(line.replace(": `grade pack`", "") for line in view.closing)
        return msgspec.structs.replace(view, closing=closing)

    def _ipython_display_(self) -> None:
        """IPython asks for this in the place of showing a value."""
        display = sys.modules["IPython.display"].display
        display({"text/plain": repr(self), "text/html": self._repr_html_()}, raw=True)


def is_running() -> bool:
    """Whether nbgrader runs this notebook; it says so to the kernel."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


def validated(result: Result) -> Result:
    """The result as nbgrader is to meet it.

    Raises:
        NotPassed: not all of it is right.
    """
    shown = Validated(**msgspec.structs.asdict(result))
    if not shown.passed:
        raise NotPassed(repr(shown))
    return shown


def refuse(error: WxbError) -> NoReturn:
    """Say what kept the check from being made, in lines that are not cut off."""
    raise NotPassed(error.told()) from None


def _wrapped(line: str) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(line, _COLUMNS, subsequent_indent=indent, drop_whitespace=True) or [""]
