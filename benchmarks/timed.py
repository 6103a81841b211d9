"""Commands, timed: on the clock, and on the processors with everything that they start."""

from __future__ import annotations

import compileall
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["Cost", "compile_grader", "of_children", "timed"]

ROOT = Path(__file__).resolve().parent.parent


class Cost(NamedTuple):
    """Seconds on the clock, and seconds of processors, of all processes together."""

    seconds: float
    processor: float

    def __add__(self, other: object) -> Cost:
        assert isinstance(other, Cost)
        return Cost(self.seconds + other.seconds, self.processor + other.processor)

    def each(self, count: int) -> Cost:
        return Cost(self.seconds / count, self.processor / count)


def timed(
    command: Sequence[object],
    folder: Path,
    extra: Mapping[str, str] | None = None,
    allowed: tuple[int, ...] = (0,),
) -> Cost:
    """Run a command; what it says is shown where it fails, which ends the program.

    Processors' seconds are of the command and of all that it and its children waited for.
    """
    before, began = of_children(), time.perf_counter()
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env={**os.environ, **(extra or {})},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    processor = of_children() - before
    if done.returncode not in allowed:
        said = done.stdout.decode("utf-8", "replace")[-4000:]
        sys.exit(f"{' '.join(map(str, command))}: it ended with {done.returncode}.\n{said}")
    return Cost(seconds, processor)


def compile_grader() -> None:
    """Have the grader's modules compiled, as an installer does, and as others' are.

    Else each process would compile them anew where PYTHONDONTWRITEBYTECODE is set, and in every
    case those that only the processes of judging load, which write nothing.
    """
    compileall.compile_dir(ROOT / "grader", quiet=1)


def of_children() -> float:
    """Seconds of processors that ended children took, with what they waited for themselves."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
