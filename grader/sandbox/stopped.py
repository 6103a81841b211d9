"""The ways in which a student's code ends a test, as facts: the judge finds the words."""

from __future__ import annotations

import msgspec

from grader.sandbox.processes.control import Exit

__all__ = [
    "CutShort",
    "Died",
    "ExerciseTime",
    "Forbidden",
    "Memory",
    "NoModule",
    "NotReached",
    "ProcessorTime",
    "PutOff",
    "Reason",
    "SlowCall",
    "SlowLoading",
    "SlowReading",
    "Stopped",
    "TooLongAnswers",
    "TooManyThreads",
    "TooMuchPrinted",
    "Unfinished",
    "Unfollowed",
    "Unreadable",
    "Unwritten",
]


class _Fact(msgspec.Struct, frozen=True):
    pass


class NoModule(_Fact, frozen=True):
    """The submission has no module of this name."""

    module: str


class Unwritten(_Fact, frozen=True):
    """A stub's own `raise NotImplementedError` was reached.

    Args:
        function: the stub, where another function of the student's called it; else "".
        caller: that function.
    """

    function: str = ""
    caller: str = ""


class Unfinished(_Fact, frozen=True):
    """A `raise NotImplementedError` was reached in a function that has code of its own.

    Args:
        first: whether it stands above that code, which then never runs.
    """

    file: str
    line: int
    first: bool = False


class SlowReading(_Fact, frozen=True):
    """The texts could not be read in this many seconds."""

    seconds: float


class SlowCall(_Fact, frozen=True):
    """A call gave no answer in this many seconds."""

    seconds: float


class ExerciseTime(_Fact, frozen=True):
    """The seconds that the exercise has are used up."""


class PutOff(_Fact, frozen=True):
    """The judge comes back to this test when the others are done: no verdict yet."""


class NotReached(_Fact, frozen=True):
    """A function was not called (again): `call`, as a test would write it, has used its time up."""

    call: str


class SlowLoading(_Fact, frozen=True):
    """A module was not loaded in this many seconds, whichever function of it was called."""

    module: str
    seconds: float


class ProcessorTime(_Fact, frozen=True):
    """All processor seconds that a submission has are used up."""

    seconds: int


class Memory(_Fact, frozen=True):
    """More bytes of memory were asked for than a worker may have."""

    limit: int


class TooManyThreads(_Fact, frozen=True):
    """The worker had so many threads at a time, and was ended for it."""

    count: int


class TooMuchPrinted(_Fact, frozen=True):
    """More characters were printed in one test than may be."""

    limit: int


class TooLongAnswers(_Fact, frozen=True):
    """The answers of one test came to more bytes than are kept."""

    limit: int


class Died(_Fact, frozen=True):
    """The worker ended: by itself, or killed by what it did."""

    exit: Exit


class Unreadable(_Fact, frozen=True):
    """An answer was none: what was wrong with it."""

    why: str


class Forbidden(_Fact, frozen=True):
    """A name was used that the exercise forbids: where, as file and 1-based line, if known.

    Args:
        outside: whether it stands outside of all functions, so that every call depends on it.
    """

    name: str
    file: str = ""
    line: int = 0
    outside: bool = False


class Unfollowed(_Fact, frozen=True):
    """Names that the exercise forbids could not be looked for in a file or in what it imports."""

    file: str


Reason = (
    NoModule
    | Unwritten
    | Unfinished
    | SlowReading
    | SlowCall
    | SlowLoading
    | ExerciseTime
    | PutOff
    | NotReached
    | ProcessorTime
    | Memory
    | TooManyThreads
    | TooMuchPrinted
    | TooLongAnswers
    | Died
    | Unreadable
    | Forbidden
    | Unfollowed
)


class Stopped(BaseException):
    """The student's code ended a test in a way that no test may catch."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class CutShort(BaseException):
    """Whoever asked for this grading wants it no longer."""
