"""Asking a judge by hand, where `Grader` would hide what is measured."""

from __future__ import annotations

import sys
from typing import TypeVar

import msgspec

from grader.grading import talk
from grader.sandbox.wire.channel import Channel, Closed

__all__ = ["ask"]

T = TypeVar("T")


def ask(peer: Channel, message: msgspec.Struct, kind: type[T]) -> T:
    """Send a message, and wait for the answer of this kind."""
    try:
        talk.send(peer, message)
        while True:
            answer = talk.receive(peer, talk.FromJudge)
            if isinstance(answer, kind):
                return answer
            if isinstance(answer, talk.Refused):
                sys.exit(answer.text)
    except Closed:
        sys.exit("The judge has ended.")
