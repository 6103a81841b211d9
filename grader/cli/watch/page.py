"""Where `grade watch` is seen: a terminal that is drawn anew, or a line for each event."""

from __future__ import annotations

import time
from typing import Protocol

from grader.cli.watch.canvas import Canvas
from grader.cli.watch.desk import Desk
from grader.cli.watch.events import Event
from grader.cli.watch.line import line
from grader.cli.watch.view import body, footer
from grader.report.safe import safe

__all__ = ["DrawnPage", "LinePage", "Page"]


class Page(Protocol):
    """Where a desk is seen."""

    def add(self, event: Event) -> None:
        """The desk has handled an event."""

    def refresh(self) -> None:
        """The desk has handled all events that there were."""


class DrawnPage(Page):
    """A terminal, drawn anew after each batch of events."""

    def __init__(self, desk: Desk, canvas: Canvas) -> None:
        self._desk, self._canvas = desk, canvas

    def add(self, event: Event) -> None:
        """Nothing yet: `refresh` draws the whole."""

    def refresh(self) -> None:
        desk, (columns, _) = self._desk, self._canvas.size()
        desk.scroll = self._canvas.draw(body(desk, columns), footer(desk, columns), desk.scroll)


class LinePage(Page):
    """One line for an event, without a terminal's arts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        many = len(desk.exercises)
        self._print(f"watching {many} exercises; now: {desk.current.id}; Ctrl-C ends")

    def add(self, event: Event) -> None:
        if text := line(self._desk, event):
            self._print(text)

    def refresh(self) -> None:
        """Nothing: each event has had its line."""

    def _print(self, text: str) -> None:
        print(safe(f"{time.strftime('%H:%M:%S')} {text}"), flush=True)
