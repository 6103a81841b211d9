"""The loop of `grade watch`: it waits for events, handles them and draws."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

from grader.cli.watch.canvas import Canvas
from grader.cli.watch.desk import Desk
from grader.cli.watch.events import Event, Inbox, Pressed, Resized
from grader.cli.watch.keyboard import keys, lent, single_keys
from grader.cli.watch.page import DrawnPage, LinePage, Page
from grader.cli.watch.signals import ending_on, handling, stoppable
from grader.course.outline import Course, Exercise
from grader.errors import UsageError, WxbError
from grader.study.events import Unmarked
from grader.study.marker import Marker
from grader.study.progress import Progress
from grader.study.watcher import Watcher

__all__ = ["run"]


def run(taught: Course, first: Exercise | None, plain: bool) -> None:
    """Watch a course until its user ends it.

    Args:
        first: the exercise to begin with; by default the first that is not done.
        plain: write a line for each event and draw nothing.

    Raises:
        UsageError, CourseError, IsolationError, GraderFault: nothing can be graded here.
    """
    if not (Path(taught.root) / "exercises").is_dir():
        raise UsageError(f"There is no folder exercises/ in {taught.root}, so nothing to watch.")
    desk = Desk(taught, Progress(taught), first)
    plain = plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb"
    with ExitStack() as stack:
        inbox = Inbox()
        stack.callback(inbox.close)
        stack.enter_context(ending_on(signal.SIGTERM, signal.SIGHUP))
        keyboard = sys.stdin.fileno() if sys.stdin.isatty() else None
        canvas = None if plain else Canvas(sys.stdout.fileno())
        _take_terminal(stack, inbox, keyboard, canvas)
        page: Page = LinePage(desk) if canvas is None else DrawnPage(desk, canvas)
        page.refresh()  # before anything is loaded: the screen should not stay black
        watcher = Watcher(taught, inbox.put)
        stack.callback(watcher.close)
        marker = Marker(taught, inbox.put)
        stack.callback(marker.close)
        watcher.start()
        marker.start()
        marker.ask(*desk.begin())
        error = _loop(desk, page, inbox, marker, keyboard)
    if error is not None:
        raise error


def _take_terminal(
    stack: ExitStack, inbox: Inbox, keyboard: int | None, canvas: Canvas | None
) -> None:
    """Keys and screen, as far as there are any, until the stack gives them back."""

    def redraw(*_: Any) -> None:
        inbox.put(Resized())

    to_lend: list[Callable[[], AbstractContextManager[None]]] = []
    if canvas is not None:
        to_lend.append(canvas.lent)
    if keyboard is not None:
        stack.enter_context(single_keys(keyboard))
        to_lend.append(lambda: lent(keyboard))
    if canvas is not None:
        stack.enter_context(handling({signal.SIGWINCH: redraw}))
        stack.enter_context(canvas.taken())
    stack.enter_context(stoppable(to_lend, redraw))


def _loop(
    desk: Desk, page: Page, inbox: Inbox, marker: Marker, keyboard: int | None
) -> WxbError | None:
    """Wait, handle, draw; an error that ends it is returned."""
    while True:
        for event in _wait(inbox, keyboard):
            requests = desk.handle(event)
            if desk.over:
                return event.error if isinstance(event, Unmarked) else None
            page.add(event)
            marker.ask(*requests)
        page.refresh()


def _wait(inbox: Inbox, keyboard: int | None) -> list[Event]:
    """The next events, whatever they are."""
    watched = [inbox.fd] if keyboard is None else [inbox.fd, keyboard]
    ready, _, _ = select.select(watched, [], [])
    events: list[Event] = []
    if keyboard in ready and keyboard is not None:
        events += [Pressed(key) for key in keys(keyboard)]
    if inbox.fd in ready:
        events += inbox.take()
    return events
