"""The command `grade watch`: one loop that waits for events, handles them and draws."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from grader.cli.watch.canvas import Canvas
from grader.cli.watch.desk import Desk
from grader.cli.watch.events import Event, Inbox, Pressed, Resized
from grader.cli.watch.keyboard import keys, lent, single_keys
from grader.cli.watch.view import body, footer, line
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
        stack.enter_context(_ends_on(signal.SIGTERM, signal.SIGHUP))
        keyboard = sys.stdin.fileno() if sys.stdin.isatty() else None
        if keyboard is not None:
            stack.enter_context(single_keys(keyboard))
        canvas = None if plain else stack.enter_context(_canvas(inbox))
        stack.enter_context(_can_be_stopped(inbox, canvas, keyboard))
        page: _Page = _Lines(desk) if canvas is None else _Drawn(desk, canvas)
        page.show()  # before anything is loaded: the screen should not stay black
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


def _loop(
    desk: Desk, page: _Page, inbox: Inbox, marker: Marker, keyboard: int | None
) -> WxbError | None:
    """Wait, handle, show; an error that ends it is returned."""
    while True:
        for event in _wait(inbox, keyboard):
            requests = desk.handle(event)
            if desk.over:
                return event.error if isinstance(event, Unmarked) else None
            page.tell(event)
            marker.ask(*requests)
        page.show()


class _Page(Protocol):
    """Where things are shown."""

    def tell(self, event: Event) -> None:
        """An event was handled."""

    def show(self) -> None:
        """All events that there were are handled."""


class _Drawn(_Page):
    """A terminal, drawn anew after each batch of events."""

    def __init__(self, desk: Desk, canvas: Canvas) -> None:
        self._desk, self._canvas = desk, canvas

    def tell(self, event: Event) -> None:
        """Nothing yet: `show` draws the whole."""

    def show(self) -> None:
        desk, (columns, _) = self._desk, self._canvas.size()
        lines = body(desk, columns), footer(desk, columns)
        desk.scroll = self._canvas.draw(*lines, desk.scroll)


class _Lines(_Page):
    """One line for an event, without a terminal's arts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        many = len(desk.exercises)
        self._say(f"watching {many} exercises; now: {desk.current.id}; Ctrl-C ends")

    def tell(self, event: Event) -> None:
        if told := line(self._desk, event):
            self._say(told)

    def show(self) -> None:
        """Nothing: each event has had its line."""

    def _say(self, text: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


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


# --- signals ----------------------------------------------------------------------------------


@contextmanager
def _canvas(inbox: Inbox) -> Iterator[Canvas]:
    """The terminal, drawn anew when its size changes."""
    canvas = Canvas(sys.stdout.fileno())

    def resized(*_: Any) -> None:
        inbox.put(Resized())

    with _handled({signal.SIGWINCH: resized}), canvas.shown():
        yield canvas


@contextmanager
def _can_be_stopped(inbox: Inbox, canvas: Canvas | None, keyboard: int | None) -> Iterator[None]:
    """Give screen and keys back while we are stopped (Ctrl-Z), and take them again after `fg`."""

    def stopped(*_: Any) -> None:
        screen = canvas.hidden() if canvas is not None else nullcontext()
        single = lent(keyboard) if keyboard is not None else nullcontext()
        with screen, single:
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, stopped)  # here again after `fg`
        inbox.put(Resized())

    with _handled({signal.SIGTSTP: stopped}):
        yield


@contextmanager
def _ends_on(*numbers: signal.Signals) -> Iterator[None]:
    """Have a signal end the program in the ordinary way, so that everything is put back."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    with _handled(dict.fromkeys(numbers, end)):
        yield


@contextmanager
def _handled(handlers: dict[signal.Signals, Any]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
