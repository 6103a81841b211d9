"""A progress bar for long work; silent where there is no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["Steps", "step_bar"]


class Steps:
    """A bar that says what is being done; where there is no terminal it says nothing."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("starting", total=total) if progress is not None else None

    def total(self, total: int) -> None:
        """How many there are, where that was not known at the start."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, total=total)

    def say(self, what: str) -> None:
        """Name the step that begins now."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=what)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar off the screen while something else is printed."""
        if self._progress is not None:
            self._progress.stop()
        yield
        if self._progress is not None:
            self._progress.start()

    def advance(self) -> None:
        """One of `total` is done."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)


@contextmanager
def step_bar(total: int, quiet: bool) -> Iterator[Steps]:
    """A bar with an ETA on standard error while something long runs."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield Steps(None, total)
        return
    console.width -= 3  # room for the ^C that a terminal echoes: the bar must not wrap
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:<36.36}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Steps(progress, total)
