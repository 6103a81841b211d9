"""Names of files, as students, browsers and operating systems make them.

A module is handed in as `magnitude.py`, and arrives as `magnitude.PY`, `magnitude.py.txt`,
`magnitude (2).py` or `Copy of magnitude-1.py`.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

__all__ = ["copy_number", "is_module_name", "kind_of", "original", "stem", "uncopied"]

#: What is read, and what programs put behind that: an editor's `.txt`, a browser's `.json`.
_READ = re.compile(r"(.+?)\.(py|ipynb)(?:\.(?:txt|text|json|download))*", re.I | re.S)
#: What is put around the name of a second copy.
_COPY = re.compile(
    r"(?:copy[ _]of[ _])?(.+?)(?:[ _]*\((\d+)\)|-(\d+)|[ _-]+copy(?:[ _]?(\d+))?)*", re.I | re.S
)


def kind_of(path: str) -> Literal["", "py", "ipynb"]:
    """Whether a file's name is a module's, a notebook's, or that of something else."""
    found = _READ.fullmatch(PurePosixPath(path).name)
    if found is None:
        return ""
    return "ipynb" if found[2].lower() == "ipynb" else "py"


def stem(path: str) -> str:
    """`magnitude` of `a/magnitude.py.txt`; of another file all before its last dot."""
    name = PurePosixPath(path).name
    found = _READ.fullmatch(name)
    return found[1] if found else PurePosixPath(name).stem


def uncopied(path: str) -> str:
    """The stem of a file's name without what a second copy adds: `Rows` of `Rows (2).py`."""
    found = _COPY.fullmatch(stem(path))
    return found[1] if found else stem(path)


def original(path: str) -> str:
    """The same in small letters, as names are compared."""
    return uncopied(path).lower()


def copy_number(path: str) -> int:
    """Which copy a file is by its name: 2 of `magnitude (2).py`, 0 of `magnitude.py`."""
    found = _COPY.fullmatch(stem(path))
    numbers = [n for n in found.groups()[1:] if n] if found else []
    return int(numbers[-1][:9]) if numbers else 0


def is_module_name(path: str) -> bool:
    """Whether a file is `NAME.py` as Python itself would find it."""
    name = PurePosixPath(path).name
    return name.endswith(".py") and name[:-3].isidentifier()
