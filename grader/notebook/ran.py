"""Which lines of the session's cells were run: those above the line at which a cell failed.

IPython keeps what was typed, not how far it came. So from the import of this package on, each cell
that fails is noted; and the cell that calls `check` has come as far as that call.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import FrameType, TracebackType
from typing import Any

from grader.handin.cells.definitions import Statement
from grader.handin.cells.file import Cell

__all__ = ["listen", "only_run"]

#: Number of a cell -> the line at which it failed, 0 where nothing of it was run.
_failed: dict[int, int] = {}
_MODULE = "<module>"


def listen(shell: Any) -> None:
    """Note from now on which cells fail."""
    _failed.clear()
    shell.events.register("post_run_cell", lambda result: _note(result, shell.user_ns))


def only_run(statements: list[Statement], cells: Mapping[int, Cell], shell: Any) -> list[Statement]:
    """Without statements that were not run, or not to their ends.

    Args:
        cells: number of a cell -> the cell, in the order that statements count them in.
    """
    ends = dict(_failed)
    running = _running_line(shell.user_ns)
    if running:
        ends[shell.execution_count - 1] = ends[shell.execution_count] = running
    numbers = list(cells)
    kept = []
    for statement in statements:
        number = numbers[statement.cell]
        source = cells[number].source
        end = ends.get(number)
        # Below a cell's magic lines count anew.
        if end is None or source.lstrip().startswith("%%"):
            kept.append(statement)
            continue
        # IPython takes empty lines off the top.
        above = source[: len(source) - len(source.lstrip())].count("\n")
        if statement.line + statement.text.count("\n") < end + above:
            kept.append(statement)
    return kept


def _note(result: Any, namespace: dict[str, Any]) -> None:
    number = getattr(result, "execution_count", None)
    if not isinstance(number, int):
        return
    _failed.pop(number, None)
    if getattr(result, "error_before_exec", None) is not None:
        _failed[number] = 0
    elif getattr(result, "error_in_exec", None) is not None:
        line = _line_of(result.error_in_exec.__traceback__, namespace)
        if line:
            _failed[number] = line


def _line_of(traceback: TracebackType | None, namespace: dict[str, Any]) -> int:
    """The line of a cell that an exception passed, or 0."""
    while traceback is not None:
        if _is_cell(traceback.tb_frame, namespace):
            return traceback.tb_lineno
        traceback = traceback.tb_next
    return 0


def _running_line(namespace: dict[str, Any]) -> int:
    """The line of the running cell that led here, or 0."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if _is_cell(frame, namespace):
            return frame.f_lineno
        frame = frame.f_back
    return 0


def _is_cell(frame: FrameType, namespace: dict[str, Any]) -> bool:
    return frame.f_globals is namespace and frame.f_code.co_name.startswith((_MODULE, "<cell"))
