"""A progress bar for long work; silent where there is no terminal."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader.cli.screens.screen import SafeConsole
from grader.handin.text import printable

if TYPE_CHECKING:
    from rich import progress

__all__ = ["ProgressBar", "counting_bar", "progress_bar"]

#: Things between two plain lines, at least: fewer are done at once.
_PLAIN_EVERY = 100


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

    def reset(self) -> None:
        """Begin again, with nothing done."""
        if self._bars is not None and self._task is not None:
            self._bars.reset(self._task)

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


@contextmanager
def counting_bar(what: str, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    """A bar for many things of one kind; plain lines where there is no terminal.

    Gives a function to call before each of them, with its name and how many there are in all.
    """
    is_plain = not quiet and not SafeConsole(stderr=True).is_terminal
    count = told = 0

    with progress_bar(0, quiet) as bar:

        def step(name: str, total: int) -> None:
            nonlocal count, told
            bar.set_total(total)
            bar.name(printable(name))
            if count:
                bar.advance()
            if is_plain and count - told >= max(_PLAIN_EVERY, total // 10):
                told = count
                print(f"{count:,} of {total:,} {what}", file=sys.stderr, flush=True)
            count += 1

        yield step
