"""What caller, base, judges and zygote say to each other, one message a packet.

Light on purpose: the caller imports this, and never NumPy, PyTorch or pytest.
"""

from __future__ import annotations

import msgspec

__all__ = [
    "LOCK_FAILED",
    "WARMABLE",
    "Adopt",
    "Config",
    "Configure",
    "Drop",
    "End",
    "Ended",
    "Exit",
    "Failed",
    "Hello",
    "Open",
    "Pin",
    "Prepare",
    "Ready",
    "Spawn",
]

#: Exit status of a worker whose lock could not be had; it has run nothing then.
LOCK_FAILED = 72

#: Library modules that are slow to import and want a temporary folder: imported here, on request.
WARMABLE = frozenset({"torch.optim", "torch.testing", "torch.nn.utils", "scipy", "pandas"})


class Config(msgspec.Struct, frozen=True):
    """What every worker gets.

    Args:
        readable: absolute paths that a locked worker may read.
        locked: whether workers are locked; False only where the caller asked for it.
        scopes: use Landlock's scopes where the kernel has them.
    """

    readable: tuple[str, ...]
    locked: bool
    scopes: bool = True


class Adopt(msgspec.Struct, frozen=True, tag="adopt"):
    """From the base: a new judge; its end of the connection comes along."""


class Prepare(msgspec.Struct, frozen=True, tag="prepare"):
    """Import slow library modules and look up the functions that may be forbidden."""

    modules: tuple[str, ...]
    forbidden: tuple[str, ...]


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    pass


class Spawn(msgspec.Struct, frozen=True, tag="spawn"):
    """Fork a worker; its end of the pair comes along. `memory` in bytes, `cpu` in seconds."""

    id: int
    memory: int
    cpu: int


class End(msgspec.Struct, frozen=True, tag="end"):
    """Kill a worker if it still runs, and say how it ended."""

    id: int


class Drop(msgspec.Struct, frozen=True, tag="drop"):
    """Kill a worker; nobody asks how it ended."""

    id: int


class Pin(msgspec.Struct, frozen=True, tag="pin"):
    """Keep a worker on one processor: the judge's own, where a call costs least."""

    id: int
    processor: int


class Exit(msgspec.Struct, frozen=True):
    """How a worker ended.

    Args:
        code: exit status, or -1 where a signal ended it.
        signal: number of that signal, or 0.
        cpu: processor seconds it used, all its threads together.
        peak: bytes of resident memory at the peak.
    """

    code: int
    signal: int
    cpu: float
    peak: int


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    id: int
    exit: Exit


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """From the base: what this interpreter can import from, and what the machine can lock."""

    sys_path: tuple[str, ...]
    missing: tuple[str, ...]


class Configure(msgspec.Struct, frozen=True, tag="configure"):
    """From the caller: how workers are kept, and what judges are.

    Args:
        judge: the judge's entry, `module:function`, called with (caller's socket, launcher).
        fork: fork judges and workers, or start fresh interpreters.
    """

    config: Config
    judge: str
    fork: bool


class Open(msgspec.Struct, frozen=True, tag="open"):
    """From the caller: one more judge; its end of the conversation comes along."""


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """From the base: it cannot go on, and why."""

    text: str
