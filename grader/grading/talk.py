"""What caller and judge say to each other: frames of msgpack over one socket.

The caller sends `Take` once and then a `Job` at a time; the judge answers with `Taken` or
`Refused`, and each job with any number of `Progress` and one `Done`. A `Stop` ends a job early;
one that comes too late is heard between two jobs, and means nothing.
"""

from __future__ import annotations

import socket
import struct
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from grader.course.outline import Course
from grader.errors import Fault
from grader.report.model import ExerciseResult, Outcome

__all__ = [
    "Audit",
    "Audited",
    "Done",
    "FaultText",
    "FromJudge",
    "Idea",
    "Job",
    "Progress",
    "Refused",
    "Review",
    "Reviewed",
    "Stop",
    "Take",
    "Taken",
    "ToJudge",
    "receive",
    "send",
]

_SIZE = struct.Struct("<I")
T = TypeVar("T")


class Take(msgspec.Struct, frozen=True, tag="take"):
    """The course to judge by, and the exercises whose suites are needed.

    `audit` has the judge note which files of the course its own code opens (`Audit` asks).
    """

    course: Course
    exercises: tuple[str, ...]
    audit: bool = False


class Taken(msgspec.Struct, frozen=True, tag="taken"):
    pass


class FaultText(msgspec.Struct, frozen=True):
    """An `errors.Fault` in a form that travels."""

    path: str
    line: int
    what: str
    expected: str

    @classmethod
    def of(cls, fault: Fault) -> FaultText:
        return cls(str(fault.path), fault.line, fault.what, fault.expected)

    def fault(self) -> Fault:
        return Fault(Path(self.path), self.line, self.what, self.expected)


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The judge cannot go on: `kind` is course, isolation or grader."""

    kind: str
    text: str
    faults: tuple[FaultText, ...] = ()


class Job(msgspec.Struct, frozen=True, tag="job"):
    """One submission: its modules by name, and the exercises to judge.

    `seed` varies all random inputs together; marks are given with 0. `until_lost` asks only
    whether anything is lost: each exercise ends at its first test that is, without a diagnosis.
    `progress` asks for a word after each test.
    """

    modules: dict[str, str]
    exercises: tuple[str, ...]
    seed: int = 0
    until_lost: bool = False
    progress: bool = True


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """One test is done."""

    exercise: str
    test: str
    outcome: Outcome


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """The job under way is wanted no longer."""


class Done(msgspec.Struct, frozen=True, tag="done"):
    """`results` is None if the job was stopped."""

    results: tuple[ExerciseResult, ...] | None


class Review(msgspec.Struct, frozen=True, tag="review"):
    """Read one exercise as its author wrote it, and try its examples."""

    exercise: str


class Idea(msgspec.Struct, frozen=True):
    """A misconception as its file tells it."""

    name: str
    hint: str
    line: int


class Reviewed(msgspec.Struct, frozen=True, tag="reviewed"):
    """What was read: the public functions, the misconceptions, and what is wrong."""

    functions: tuple[str, ...]
    ideas: tuple[Idea, ...]
    faults: tuple[FaultText, ...]


class Audit(msgspec.Struct, frozen=True, tag="audit"):
    """Tell what the code of one exercise has opened that is not covered by its digest."""

    exercise: str


class Audited(msgspec.Struct, frozen=True, tag="audited"):
    """A fault for each such file; none if nobody listened."""

    faults: tuple[FaultText, ...] = ()


ToJudge = Take | Job | Review | Audit | Stop
FromJudge = Taken | Refused | Progress | Done | Reviewed | Audited


def send(peer: socket.socket, message: Any) -> None:
    """Write one message."""
    data = msgspec.msgpack.encode(message)
    peer.sendall(_SIZE.pack(len(data)) + data)


def receive(peer: socket.socket, kind: type[T]) -> T | None:
    """Read one message; None if the other side is gone.

    Raises:
        TimeoutError: the socket has a timeout, and it has passed.
    """
    head = _exactly(peer, _SIZE.size)
    data = _exactly(peer, _SIZE.unpack(head)[0]) if head else None
    return msgspec.msgpack.decode(data, type=kind) if data is not None else None


def _exactly(peer: socket.socket, size: int) -> bytes | None:
    pieces, left = [], size
    while left:
        try:
            data = peer.recv(min(left, 1 << 20))
        except ConnectionResetError:
            return None
        if not data:
            return None
        pieces.append(data)
        left -= len(data)
    return b"".join(pieces)
