"""An exception of the submission's, put into a form that crosses the border."""

from __future__ import annotations

import errno
from types import TracebackType

import numpy as np

from grader.sandbox.executor import MissingFunction
from grader.sandbox.wire.protocol import (
    BUILTIN_ERRORS,
    DEFINED_LIMIT,
    FRAME_LIMIT,
    NAME_LIMIT,
    TEXT_LIMIT,
    Raised,
)
from grader.sandbox.worker.guards import ForbiddenCall
from grader.sandbox.worker.printed import Printed
from grader.sandbox.worker.refused import refusal

__all__ = ["describe", "is_memory", "nearest_builtin"]


def is_memory(error: BaseException) -> bool:
    """Out of memory: a MemoryError, the system's own word, or torch's, which is only a text."""
    if isinstance(error, MemoryError):
        return True
    if type(error) is OSError:
        return error.errno == errno.ENOMEM
    return type(error) is RuntimeError and "DefaultCPUAllocator" in str(error)


def describe(error: BaseException, files: frozenset[str]) -> Raised:
    """An exception as it crosses; nothing an exception does about itself can stop this."""
    cls = type(error)
    if isinstance(error, MissingFunction):
        names = [name[:NAME_LIMIT] for name in error.defined if type(name) is str]
        defined = tuple(names[:DEFINED_LIMIT])
        return Raised("", "MissingFunction", error.name[:TEXT_LIMIT], defined=defined)
    if isinstance(error, ForbiddenCall | Printed.Overflow):
        return Raised("", cls.__name__, "")
    try:
        text = str(error)
        text = text[:TEXT_LIMIT].encode("utf-8", "replace").decode()
    except BaseException:
        text = ""
    frames, own = _frames(error.__traceback__, files)
    column = 0
    if isinstance(error, SyntaxError) and error.filename in files:
        outermost = frames[0][2] if frames else "<module>"
        frames = [(str(error.filename)[:NAME_LIMIT], _int(error.lineno), outermost)]
        own, column = True, _int(error.offset)
        text = str(error.msg)[:TEXT_LIMIT]
    missing = getattr(error, "name", "") if cls is NameError else ""
    missing = missing[:NAME_LIMIT] if type(missing) is str else ""
    refused, file = refusal(error)
    return Raised(
        nearest_builtin(cls),
        cls.__name__[:NAME_LIMIT],
        text,
        tuple(frames),
        own,
        column,
        name=missing.encode("utf-8", "replace").decode(),
        refused=refused,
        file=file,
    )


def _int(value: object) -> int:
    return value if type(value) is int and 0 <= value < 1 << 31 else 0


def _frames(
    traceback: TracebackType | None, files: frozenset[str]
) -> tuple[list[tuple[str, int, str]], bool]:
    frames: list[tuple[str, int, str]] = []
    own, steps = False, 0
    while traceback is not None and steps < 20_000:
        code = traceback.tb_frame.f_code
        own = code.co_filename in files
        if own:
            line = _int(traceback.tb_lineno)
            frames.append((code.co_filename[:NAME_LIMIT], line, code.co_name[:NAME_LIMIT]))
        traceback, steps = traceback.tb_next, steps + 1
    return frames[-FRAME_LIMIT:], own


def nearest_builtin(cls: type[BaseException]) -> str:
    """The name that an exception crosses under: its nearest builtin class, or ""."""
    for base in cls.__mro__:
        if BUILTIN_ERRORS.get(base.__name__) is base:
            return base.__name__
        if base is np.linalg.LinAlgError:
            return "LinAlgError"
    return ""
