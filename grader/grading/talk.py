"""What caller and judge say to each other, over one channel.

The caller sends `Take` once and then a `Job`, a `Review`, a `Rehearse` or a `Try` at a time. The
judge answers with `Taken` or `Refused`, each job with any number of `TestDone` and one `Done`, each
review with a `Reviewed`, each rehearsal with a `Rehearsed`, what is tried with a `Tried`. A `Stop`
ends a job early; one that comes too late is heard between two jobs, and means nothing.
"""

from __future__ import annotations

import os
from typing import Any, Literal

import msgspec

from grader.course.outline import Course
from grader.errors import Fault
from grader.report.model import ExerciseResult, Outcome
from grader.sandbox.wire.channel import Channel

__all__ = [
    "Asked",
    "Done",
    "FromJudge",
    "Idea",
    "Job",
    "Refused",
    "Rehearse",
    "Rehearsed",
    "Review",
    "Reviewed",
    "Said",
    "Stop",
    "Take",
    "Taken",
    "TestDone",
    "Tried",
    "Try",
    "decoded",
    "encoded",
    "receive",
    "send",
]


class Take(msgspec.Struct, frozen=True, tag="take"):
    """The course to judge by, and the exercises whose suites are needed.

    `audit` has the judge note which files of the course its own code opens. `root` is the course's
    folder as the system names it, which need not be text: it takes the place of `course.root`.
    """

    course: Course
    exercises: tuple[str, ...]
    audit: bool = False
    root: bytes = b""

    @property
    def whole(self) -> Course:
        """The course, with its folder."""
        root = os.fsdecode(self.root) or self.course.root
        return msgspec.structs.replace(self.course, root=root)


class Taken(msgspec.Struct, frozen=True, tag="taken"):
    pass


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The judge cannot go on, and which error says so to people.

    `gone`: a process that it needs is, and another judge may have more luck.
    """

    kind: Literal["course", "isolation", "grader", "gone"]
    text: str
    faults: tuple[Fault, ...] = ()


class Job(msgspec.Struct, frozen=True, tag="job"):
    """One submission: its modules by name, and the exercises to judge.

    `seed` varies all random inputs together; marks are given with 0. `until_lost` asks only
    whether anything is lost: each exercise ends at its first test that is, without a diagnosis.
    `progress` asks for a word after each test. `data` are data files of the submission; `files` has
    for each exercise those that its module may open: name as it sees them -> key of `data`.
    """

    modules: dict[str, str]
    exercises: tuple[str, ...]
    seed: int = 0
    until_lost: bool = False
    progress: bool = True
    data: dict[str, bytes] = {}
    files: dict[str, dict[str, str]] = {}

    def beside(self) -> dict[str, dict[str, bytes]]:
        """Exercise -> the data files that its module may open: name -> what is in it."""
        return {
            exercise: {name: self.data[path] for name, path in seen.items()}
            for exercise, seen in self.files.items()
        }


class TestDone(msgspec.Struct, frozen=True, tag="test done"):
    """One test is done."""

    exercise: str
    test: str
    outcome: Outcome


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """The job under way is wanted no longer."""


class Done(msgspec.Struct, frozen=True, tag="done"):
    """`results` is None if the job was stopped.

    `opened`: with `Take.audit`, for each exercise a fault for each file that its code has opened so
    far and that its digest leaves out.
    """

    results: tuple[ExerciseResult, ...] | None
    opened: dict[str, tuple[Fault, ...]] = {}


class Review(msgspec.Struct, frozen=True, tag="review"):
    """Read one exercise as its author wrote it, and try its examples.

    `contract`: instead, ask which inputs its docstrings let in and its suite never tries.
    """

    exercise: str
    contract: bool = False


class Idea(msgspec.Struct, frozen=True):
    """A misconception as its file tells it."""

    name: str
    hint: str
    line: int


class Reviewed(msgspec.Struct, frozen=True, tag="reviewed"):
    """What was read: the public functions, the misconceptions, and what is wrong.

    Among the faults is what `Done.opened` would tell.
    """

    functions: tuple[str, ...]
    ideas: tuple[Idea, ...]
    faults: tuple[Fault, ...]


class Rehearse(msgspec.Struct, frozen=True, tag="rehearse"):
    """Try misconceptions of an exercise where students are: in part, or beside other work.

    `lost`: misconception -> the tests that the whole of it loses.
    """

    exercise: str
    lost: dict[str, tuple[str, ...]]


class Rehearsed(msgspec.Struct, frozen=True, tag="rehearsed"):
    """What is named there: misconception -> how the situation is told -> names.

    Situations with nothing of the idea in them are left out.
    """

    named: dict[str, dict[str, tuple[str, ...]]]


class Asked(msgspec.Struct, frozen=True):
    """One call: a number, a list of numbers for an array, or {"tuple": […]} for each argument."""

    exercise: str
    function: str
    arguments: tuple[Any, ...]


class Try(msgspec.Struct, frozen=True, tag="try"):
    """Ask functions of a submission, and mark nothing. `job` has its modules and data files.

    Args:
        named: wrong ideas that a verdict on these modules has named. A few calls can come from
            several ideas; then it is one of these.
    """

    job: Job
    calls: tuple[Asked, ...]
    named: tuple[str, ...] = ()


class Said(msgspec.Struct, frozen=True):
    """What came of one call: a number or lists of them, or an error in words."""

    value: Any = None
    error: str = ""


class Tried(msgspec.Struct, frozen=True, tag="tried"):
    """The answers in the order of the calls; the hint of a wrong idea behind them, or ""."""

    answers: tuple[Said, ...]
    hint: str = ""


FromJudge = Taken | Refused | TestDone | Done | Reviewed | Rehearsed | Tried


def send(channel: Channel, message: msgspec.Struct) -> None:
    """Write one message.

    Raises:
        Closed: the other side is gone.
    """
    channel.send(encoded(message))


def receive(channel: Channel, kind: Any, deadline: float | None = None) -> Any:
    """Read one message of a type or union of types.

    Raises:
        Closed: the other side is gone.
        DeadlinePassed: nothing came before `deadline`, a time of `time.monotonic`.
    """
    return decoded(channel.receive(deadline)[0], kind)


def encoded(message: msgspec.Struct) -> bytes:
    """A message as bytes; decimals are exact, as texts."""
    try:
        return msgspec.msgpack.encode(message, enc_hook=str)  # a path is sent as its text
    except UnicodeEncodeError:  # a name that is no text, in a sentence for people
        plain = msgspec.to_builtins(message, enc_hook=str, builtin_types=(bytes,))
        return msgspec.msgpack.encode(_told(plain))


def decoded(data: bytes, kind: Any) -> Any:
    """A message of a type or union of types from bytes.

    Raises:
        msgspec.MsgspecError: they are none.
    """
    return msgspec.msgpack.decode(data, type=kind, dec_hook=_path)


def _told(value: Any) -> Any:
    """A message in which bytes that are no text are written as `\\xe9`."""
    if isinstance(value, str):
        try:
            return os.fsencode(value).decode("utf-8", "backslashreplace")
        except UnicodeEncodeError:  # surrogates that stand for no byte
            return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_told(key): _told(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_told(item) for item in value]
    return value


def _path(kind: type, value: Any) -> Any:
    """A `Fault`'s path, which is the one thing sent that msgpack has no type for."""
    return kind(value)
