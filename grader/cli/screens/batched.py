"""A run of `grade batch`: how far it is, what needs a person, what it came to."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.text import Text

from grader.classroom.batched import Batched, Concern, Tally
from grader.cli.screens.bar import ProgressBar, progress_bar
from grader.cli.screens.screen import SafeConsole, Screen
from grader.handin.text import printable
from grader.report.words import plural

__all__ = ["Following", "following", "print_batched", "print_concern"]

#: Plain lines in a run, about.
_LINES = 10


class Following:
    """Follows a run: a bar with the time that is left, or a plain line now and then."""

    def __init__(self, bar: ProgressBar, screen: Screen, *, quiet: bool, plain: bool) -> None:
        self._bar, self._screen, self._quiet, self._plain = bar, screen, quiet, plain
        self._began = time.monotonic()
        self._told = self._done = 0

    def begin(self) -> None:
        """Another class begins."""
        self._began = time.monotonic()
        self._told = self._done = 0
        self._bar.reset()

    def heard(self, tally: Tally) -> None:
        """One hand-in is done."""
        self._bar.set_total(tally.total)
        self._bar.name(_so_far(tally))
        for _ in range(tally.done - self._done):
            self._bar.advance()
        self._done = tally.done
        if self._plain and self._done - self._told >= max(1, tally.total // _LINES):
            self._told = self._done
            self.say(f"{self._done:,} of {tally.total:,}: {_so_far(tally)}{self._left(tally)}")

    def concern(self, concern: Concern) -> None:
        """A hand-in needs a person."""
        if not self._quiet:
            with self._bar.hidden():
                print_concern(self._screen, concern)
                sys.stdout.flush()

    def say(self, line: str) -> None:
        """A line beside the bar, on standard error."""
        with self._bar.hidden():
            print(line, file=sys.stderr, flush=True)

    def stopping(self) -> None:
        """Say that it ends soon: from a signal, which may come in the midst of another line."""
        words = "Stopping after the hand-ins that are being judged; Ctrl-C again: at once."
        os.write(2, f"\n{words}\n".encode())

    def _left(self, tally: Tally) -> str:
        left = tally.total - tally.done
        if not left or not tally.done:
            return ""
        return f", about {_duration((time.monotonic() - self._began) / tally.done * left)} left"


@contextmanager
def following(screen: Screen, quiet: bool) -> Iterator[Following]:
    """Follow a run, until its end."""
    is_plain = not quiet and (screen.plain or not SafeConsole(stderr=True).is_terminal)
    with progress_bar(0, quiet or is_plain) as bar:
        yield Following(bar, screen, quiet=quiet, plain=is_plain)


def _so_far(tally: Tally) -> str:
    parts = (
        (tally.judged, "judged"),
        (tally.reused + tally.settled, "known"),
        (tally.concerns, "to look at"),
    )
    return ", ".join(f"{count:,} {words}" for count, words in parts if count) or "starting"


def print_concern(screen: Screen, concern: Concern) -> None:
    """One line about a hand-in that needs a person: what is longer is never cut."""
    who = printable(concern.student) or "?"
    text = Text.assemble(
        (f"{who}: ", "bold"), printable(concern.what), (f"  {printable(concern.where)}", "dim")
    )
    screen.console.print(text, soft_wrap=True)


def print_batched(screen: Screen, run: Batched, again: str, then: str) -> None:
    """What a run came to, and what comes next: `again` where it was stopped, else `then`."""
    tally = run.tally
    left = Text(printable(run.folder), "bold")
    screen.print_line(left, Text(f"{tally.done:,} of {plural(tally.total, 'hand-in')}", "bold"))
    for count, words in (
        (tally.judged, "judged now"),
        (tally.reused, "as others that were judged"),
        (tally.settled, "settled before"),
        (tally.unmarked, "not marked"),
    ):
        if count:
            screen.print_line(Text(f"  {words}"), Text(f"{count:,}"))
    if run.exercises or run.twins:
        each = plural(run.exercises, "exercise") + " judged"
        spared = f", {run.twins:,} known from before" if run.twins else ""
        screen.console.print(Text(f"  {each}{spared}, in {_duration(run.seconds)}.", "dim"))
    raised = sum(each.made and each.after > each.before for each in run.changes)
    lower = sum(each.after < each.before for each in run.changes)
    if raised:
        words = f"{plural(raised, 'mark')} raised by suites as they are now."
        screen.print_indented(Text(words, "yellow"), 2)
    if lower:
        words = (
            f"{plural(lower, 'mark')} would be lower by suites as they are now, and stayed: "
            "grade regrade --dry-run shows them, grade regrade --lower lowers them."
        )
        screen.print_indented(Text(words, "yellow"), 2)
    for library in run.untried:
        screen.print_indented(Text(f"Without {library}: what needs it counts for nobody."), 2)
    for note in run.notes:
        screen.print_indented(Text(f"Note: {printable(note)}", "dim"), 2)
    if tally.concerns:
        needing = plural(tally.concerns, "hand-in")
        screen.print_indented(Text(f"{needing} to look at: named above.", "yellow"), 2)
    screen.console.print()
    screen.console.print(f"Gradebook: {printable(run.gradebook)}", soft_wrap=True)
    if run.interrupted:
        screen.console.print(f"Stopped. To go on:  {again}", soft_wrap=True)
    else:
        screen.console.print(f"Then:  {then}", soft_wrap=True)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
