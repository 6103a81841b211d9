"""What comes from outside: an end, a stop (Ctrl-Z), a terminal of another size."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from types import FrameType
from typing import Any

__all__ = ["ending_on", "handling", "stoppable"]


@contextmanager
def ending_on(*numbers: signal.Signals) -> Iterator[None]:
    """Have a signal end the program in the ordinary way, so that everything is put back."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    with handling(dict.fromkeys(numbers, end)):
        yield


@contextmanager
def stoppable(
    lend: list[Callable[[], AbstractContextManager[None]]], resumed: Callable[[], None]
) -> Iterator[None]:
    """Give screen and keys back while we are stopped (Ctrl-Z), and take them again after `fg`.

    Args:
        lend: each gives something back inside of what it returns.
        resumed: called after `fg`.
    """

    def stop(*_: Any) -> None:
        with ExitStack() as stack:
            for give_back in lend:
                stack.enter_context(give_back())
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, stop)  # here again after `fg`
        resumed()

    with handling({signal.SIGTSTP: stop}):
        yield


@contextmanager
def handling(handlers: dict[signal.Signals, Any]) -> Iterator[None]:
    """Handle signals, and put the handlers back that were there before."""
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
