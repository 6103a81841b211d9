"""Which files a worker may read."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable, Sequence

from grader.errors import IsolationError

__all__ = ["readable_paths", "refuse"]


_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64")


_SYSTEM = ("/dev/null", "/dev/urandom", "/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo")


_PACKAGES = {"site-packages", "dist-packages"}


def readable_paths(
    sys_path: Sequence[str], protected: Sequence[str | os.PathLike[str]]
) -> tuple[str, ...]:
    """What a worker must be able to read: Python, what is installed, shared libraries.

    Args:
        sys_path: where its interpreter imports from.
        protected: what it must not see. Entries of `sys_path` that hold such a path are left out,
            and so are those inside one, but for the packages of an environment that lies there.

    Returns:
        Existing paths, absolute and resolved, none inside another.
    """
    guarded = [os.path.realpath(path) for path in protected]
    python = [sysconfig.get_path("stdlib"), os.path.join(sys.base_prefix, "lib")]
    found = [*python, *_LIBRARIES, *_SYSTEM]
    for entry in sys_path:
        real = os.path.realpath(entry)
        if os.path.isabs(entry) and not any(_exposes(real, path) for path in guarded):
            found.append(real)
    real_paths = {os.path.realpath(path) for path in found if os.path.exists(path)}
    return tuple(
        sorted(p for p in real_paths if not any(p != q and _within(p, q) for q in real_paths))
    )


def refuse(
    readable: Iterable[str | os.PathLike[str]], protected: Iterable[str | os.PathLike[str]]
) -> None:
    """Make sure that nothing readable holds something protected.

    Raises:
        IsolationError: it does; names both.
    """
    folders = [os.path.realpath(path) for path in readable]
    for path in protected:
        real = os.path.realpath(path)
        for folder in folders:
            if _within(real, folder):
                raise IsolationError(
                    f"Student code could read {real}: it lies in {folder}, where Python is "
                    "installed. Move it to a folder of its own."
                )


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _exposes(entry: str, guarded: str) -> bool:
    """Whether reading `entry` would show something guarded."""
    if _within(guarded, entry):
        return True
    return _within(entry, guarded) and _PACKAGES.isdisjoint(entry[len(guarded) :].split("/"))
