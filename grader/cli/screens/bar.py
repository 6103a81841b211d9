"""A progress bar for long work; silent where there is no terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader.cli.screens.screen import SafeConsole

if TYPE_CHECKING:
    from rich import progress

__all__ = ["ProgressBar", "progress_bar"]


class ProgressBar:
    """A bar that says what is being done; where there is no terminal it says nothing."""

    def __init__(self, bars: progress.Progress | None, total: int) -> None:
        self._bars = bars
        self._task = bars.add_task("starting", total=total) if bars is not None else None

    def set_total(self, total: int) -> None:
        """How many steps there are, where that was not known at the start."""
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, total=total)

    def name(self, what: str) -> None:
        """Name the step that begins now."""
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, description=what)

    def advance(self) -> None:
        """One step is done."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task)

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Take the bar off the screen while something else is printed."""
        if self._bars is not None:
            self._bars.stop()
        yield
        if self._bars is not None:
            self._bars.start()


@contextmanager
def progress_bar(total: int, quiet: bool) -> Iterator[ProgressBar]:
    """A bar with an ETA on standard error while something long runs.

    Args:
        total: how many steps there are; 0 if that is not yet known.
        quiet: show nothing.
    """
    console = SafeConsole(stderr=True)
    is_told = logging.getLogger("grader").isEnabledFor(logging.INFO)  # lines that a bar would break
    if quiet or is_told or not console.is_terminal:
        yield ProgressBar(None, total)
        return
    console.width -= 3  # room for the ^C that a terminal echoes: the bar must not wrap
    from rich import progress

    columns = (
        progress.TextColumn("{task.description:<36.36}"),
        progress.BarColumn(bar_width=None),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=console, transient=True) as bars:
        yield ProgressBar(bars, total)
