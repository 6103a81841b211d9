"""Data files beside the modules: which ones a submission's code may open.

A worker sees no file of the machine, so what a module opens (`np.loadtxt("weights.csv")`) is given
to it in memory, with its text. It gets those files that its text names, and no others: they decide
its marks, so they are part of its digest, and nothing else is. A name counts where it stands in the
text between quotes or slashes. Where the text puts a name together (`f"layer_{i}.npy"`, `".csv"`,
`"*.txt"`), every file with that ending does; where it lists folders, or may run what is not in it,
all do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from grader.course.imports import imports_of

__all__ = ["Named", "named_in", "seen_from"]

_PIECE = re.compile(r"[^\"'/\\\n]+")
_LISTS = re.compile(r"\b(?:listdir|scandir|iterdir|i?glob|rglob|walk|fwalk)\b")
#: A piece of a name with something still to be filled in; a piece that is an ending.
_MADE = re.compile(r"[{}%*?]|^\.\w+$")
_ENDING = re.compile(r"\.(\w+)$")


class Named(NamedTuple):
    """The files that some texts may open: by name, by ending, or all of them."""

    names: frozenset[str]
    endings: frozenset[str]
    everything: bool

    def has(self, name: str) -> bool:
        """Whether a file of this name, without its folder, is one of them."""
        ending = name.rpartition(".")[2] if "." in name else ""
        return self.everything or name in self.names or ending in self.endings


def named_in(texts: Iterable[str]) -> Named:
    """Which files some texts may open; in time linear in them, and nothing is parsed."""
    names: set[str] = set()
    endings: set[str] = set()
    everything = False
    for text in texts:
        pieces = {piece.strip() for piece in _PIECE.findall(text)}
        names |= {piece for piece in pieces if len(piece) < 256}
        made = (found[1] for p in pieces if _MADE.search(p) and (found := _ENDING.search(p)))
        endings.update(made)
        everything = everything or _LISTS.search(text) is not None or imports_of(text).dynamic
    return Named(frozenset(names), frozenset(endings), everything)


def seen_from(module: str, paths: Iterable[str], texts: Iterable[str]) -> Mapping[str, str]:
    """The data files that a module may open, as it sees them -> their paths in the submission.

    Args:
        module: its path in the submission: what lies in its folder is seen from there.
        paths: of all data files.
        texts: the module's and those of the modules that it uses.
    """
    every = sorted(paths)
    if not every:
        return {}
    named, folder = named_in(texts), PurePosixPath(module).parent
    seen: dict[str, str] = {}
    for path in every:
        if named.has(PurePosixPath(path).name):
            is_below = PurePosixPath(path).is_relative_to(folder)
            seen[str(PurePosixPath(path).relative_to(folder)) if is_below else f"../{path}"] = path
    return seen
