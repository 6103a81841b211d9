"""Whether a course is about PyTorch at all: it takes a second to load, and memory.

Only texts are looked at. A course in which no text names it never loads it; a submission that
imports it all the same has it loaded in its own worker, and nowhere else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

__all__ = ["names_torch"]

_TREES = ("solutions", "tests", "misconceptions", "exercises", "guide")
_NAMED = re.compile(rb"\btorch\b")


def names_torch(root: str | Path) -> bool:
    """Whether course.yaml or a Python text of a course names it.

    Args:
        root: the folder that holds course.yaml.
    """
    for path in _texts(Path(root)):
        with suppress(OSError):
            if _NAMED.search(path.read_bytes()):
                return True
    return False


def _texts(root: Path) -> Iterator[Path]:
    yield root / "course.yaml"
    for tree in _TREES:
        for folder, _, names in os.walk(root / tree):
            yield from (Path(folder, name) for name in names if name.endswith(".py"))
