"""Children of this process, for what must be seen from inside of one."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from typing import Any

#: A user who owns nothing.
NOBODY = 65534


def told_by_child(body: Callable[[int], object]) -> Any:
    """What a function returns in a child; it is given the descriptor that must stay open.

    An exception comes back as the name of its errno or, where it has none, as its text.
    """
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            answer = json.dumps(body(write))
        except BaseException as error:
            answer = json.dumps(
                errno.errorcode.get(getattr(error, "errno", None) or 0, repr(error))
            )
        os.write(write, answer.encode())
        os._exit(0)
    os.close(write)
    with open(read, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(pid, 0)
    return json.loads(answer)


def refusal(call: Callable[..., object], *args: object, **kwargs: object) -> str:
    """The name of the errno with which the kernel refuses, or "allowed"."""
    try:
        call(*args, **kwargs)
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "allowed"


def become_ordinary() -> None:
    """Root becomes nobody."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
