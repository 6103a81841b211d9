"""Asking a judge by hand, where `Grader` would hide what is measured."""

from __future__ import annotations

import socket
import sys
from typing import TypeVar

from grader.grading import talk

__all__ = ["ask"]

T = TypeVar("T")


def ask(peer: socket.socket, message: object, kind: type[T]) -> T:
    """Send a message, and wait for the answer of this kind."""
    talk.send(peer, message)
    while True:
        # mypy takes no union for a type[T].
        answer: talk.FromJudge | None = talk.receive(peer, talk.FromJudge)  # type: ignore[arg-type]
        if isinstance(answer, kind):
            return answer
        if isinstance(answer, talk.Refused):
            sys.exit(answer.text)
        if answer is None:
            sys.exit("The judge has ended.")
