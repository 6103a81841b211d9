"""What the lock refused, where an exception comes from that: the judge finds the words for it.

An OSError says little (`[Errno 1] Operation not permitted`), and libraries wrap it in their own. So
the whole chain is looked at, and the library that it went through.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from grader.sandbox.wire.protocol import NAME_LIMIT, Refused

__all__ = ["refusal"]

_DENIED = frozenset({errno.EPERM, errno.EACCES, errno.EROFS, errno.ENOSYS, errno.EFBIG})
#: How many exceptions of a chain, and frames of each, are looked at.
_CHAIN, _FRAMES = 8, 400
#: A part of the path of a library's file -> what it was used for; the first that fits.
_LIBRARIES: dict[str, Refused] = {
    "/multiprocessing/": "pool",
    "/concurrent/futures/process": "pool",
    "/asyncio/": "asyncio",
    "/torch/hub.py": "network",
    "/subprocess.py": "process",
    "/urllib/": "network",
    "/http/": "network",
    "/ssl.py": "network",
    "/socket.py": "network",
    "/socketserver.py": "network",
    "/tempfile.py": "write",
}


def refusal(error: BaseException) -> tuple[Refused, str]:
    """What was refused, or "", and the file that it was about, or "".

    Nothing that an exception does about itself may stop this.
    """
    try:
        found: tuple[Refused, str] = ("", "")
        for each in _chain(error):
            found = _refusal(each)
            if found[0]:
                break
        kind, file = found
        return kind, file.encode("utf-8", "replace").decode()[:NAME_LIMIT]
    except BaseException:
        return "", ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and those that it came of."""
    todo: list[BaseException | None] = [error]
    seen: set[int] = set()
    while todo and len(seen) < _CHAIN:
        each = todo.pop(0)
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            reason = getattr(each, "reason", None)  # URLError keeps its cause there
            context = None if each.__suppress_context__ else each.__context__
            todo += [reason, each.__cause__, context]


def _refusal(error: BaseException) -> tuple[Refused, str]:
    file = _file(error)
    marked: Any = getattr(error, "wxb_refused", "")
    if marked:
        known: Refused = marked
        return known, file
    through = _through(error.__traceback__)
    if isinstance(error, EOFError):
        is_asked = str(error) == "EOF when reading a line" or _went(through, "/getpass.py")
        return ("input" if is_asked else ""), ""
    if type(error).__name__ == "OperationalError" and "unable to open database" in str(error):
        return "write", ""
    if isinstance(error, socket.gaierror):
        return "network", ""
    if isinstance(error, RuntimeError):
        if "can't start new thread" in str(error):
            return "thread", ""
        is_save = _went(through, "/torch/serialization.py") and "open" in str(error).lower()
        return ("write", "") if is_save else ("", "")
    is_denied = isinstance(error, OSError) and error.errno in _DENIED
    kinds = (found for part, found in _LIBRARIES.items() if _went(through, part))
    kind: Refused = next(kinds, "")
    if kind == "write" and isinstance(error, FileNotFoundError) and "temporary" in str(error):
        return "write", ""
    if kind == "pool" and isinstance(error, OSError | ImportError):
        return "pool", ""
    if isinstance(error, FileNotFoundError) and file:
        return "read", file
    if not is_denied:
        return "", ""
    if kind:
        return kind, file if kind == "write" else ""
    return ("write", file) if file else ("other", "")


def _file(error: BaseException) -> str:
    """The file that an OSError is about, without its folder."""
    name = getattr(error, "filename", None) if isinstance(error, OSError) else None
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    return name.rpartition("/")[2] or name if isinstance(name, str) else ""


def _went(through: list[str], part: str) -> bool:
    return any(part in file for file in through)


def _through(traceback: TracebackType | None) -> list[str]:
    """The files that an exception went through, innermost first."""
    files: list[str] = []
    while traceback is not None and len(files) < _FRAMES:
        files.append(traceback.tb_frame.f_code.co_filename)
        traceback = traceback.tb_next
    return files[::-1]
