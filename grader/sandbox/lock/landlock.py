"""Files: which ones a worker may read, and Landlock, which takes all others away.

Bits and structures are those of the kernel's uapi header linux/landlock.h; a kernel knows the
ones up to its ABI version, and is asked for no others.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable

from grader.sandbox.lock.syscalls import NUMBERS, call

__all__ = ["abi", "restrict"]

_CREATE, _ADD_RULE, _RESTRICT_SELF = 0, 1, 2  # three neighbours: landlock_create_ruleset and on
_VERSION = 1 << 0  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3

# ABI -> what it knows. The file bits: EXECUTE to MAKE_SYM, then REFER, TRUNCATE, IOCTL_DEV.
_FILES = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_NET = {4: 0b11}  # BIND_TCP, CONNECT_TCP
_SCOPES = {6: 0b11}  # ABSTRACT_UNIX_SOCKET, SIGNAL
# LOG_SAME_EXEC_OFF: code that nobody here wrote could fill the audit log with its refusals.
_QUIET = {7: 1 << 0}

#: A path that cannot be opened gives nothing away by having no rule.
_UNREACHABLE = (FileNotFoundError, PermissionError, NotADirectoryError)


def _first() -> int:
    return NUMBERS[os.uname().machine]["landlock"]


def _known(bits: dict[int, int], version: int) -> int:
    return sum(bit for since, bit in bits.items() if since <= version)


def abi() -> int:
    """The kernel's ABI version.

    Raises:
        OSError: ENOSYS where the kernel was built without, EOPNOTSUPP where it is switched off,
            EPERM where a container's own filter is in the way.
    """
    return call(_first() + _CREATE, 0, 0, _VERSION)


def restrict(readable: Iterable[str], scopes: bool, version: int) -> None:
    """Take every right from the calling thread but reading the files in `readable`.

    Args:
        readable: absolute paths; those that are not there or cannot be reached stay unreadable.
        scopes: also shut off signals and abstract sockets of others, where the kernel can.
        version: the kernel's ABI version; newer ones than we know are used as the last we know.

    Raises:
        OSError: the kernel refused.
    """
    scoped = _known(_SCOPES, version) if scopes else 0
    attributes = struct.pack("=QQQ", _known(_FILES, version), _known(_NET, version), scoped)
    ruleset = call(_first() + _CREATE, attributes, len(attributes), 0)
    try:
        for path in readable:
            _allow(ruleset, path)
        call(_first() + _RESTRICT_SELF, ruleset, _known(_QUIET, version))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except _UNREACHABLE:
        return
    try:
        folder = stat.S_ISDIR(os.fstat(fd).st_mode)
        rights = _READ_FILE | _READ_DIR if folder else _READ_FILE
        rule = struct.pack("=Qi", rights, fd)  # struct landlock_path_beneath_attr is packed
        call(_first() + _ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(fd)


# --- which files --------------------------------------------------------------------------------
