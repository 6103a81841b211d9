"""The names that a text mentions, as Python compiles them: a quick look before texts are read.

Reading a text for forbidden names takes twenty times as long as compiling it, and most texts hold
none. A compiled text has its identifiers as Python takes them (letters in other widths are one),
and its constants folded; comments are gone, and what has blanks in it is no name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from types import CodeType

__all__ = ["imported_from", "may_mention", "mentioned"]

#: Names by which code reaches others that are no names of its text.
_REACHING = frozenset(
    (
        *("getattr", "attrgetter", "methodcaller", "import_module", "setattr", "delattr"),
        *("exec", "eval", "compile", "globals", "locals", "vars"),
    )
)
#: Double underscores that reach nothing: Python puts them there itself, or they ask who runs.
_PLAIN = frozenset(
    (
        *("__annotations__", "__doc__", "__future__", "__main__"),
        *("__module__", "__name__", "__qualname__"),
    )
)
#: The docstrings of others are texts of theirs.
_DOCSTRING = re.compile(r"\b__doc__\b")
_WORD = re.compile(r"\w+")


def mentioned(text: str, compiled: Callable[[], CodeType]) -> frozenset[str] | None:
    """All names in a text, and its constants that may be names; none if it does not compile.

    Of a dotted name these are the parts. None: it may reach any name, or is nested too deeply to be
    looked at.

    Args:
        compiled: compiles it, or raises as `compile` does.
    """
    if "__doc__" in text and _DOCSTRING.search(text):  # the first alone is quick
        return None
    try:
        code = compiled()
    except (SyntaxError, ValueError):
        return frozenset()
    except (RecursionError, MemoryError):
        return None
    names = frozenset(word for name in _names(code) for word in _WORD.findall(name))
    reaches = any("__" in name and name not in _PLAIN for name in names)
    return None if reaches or names & _REACHING else names


def _names(code: CodeType) -> Iterator[str]:
    waiting: list[object] = [code]
    while waiting:
        each = waiting.pop()
        if isinstance(each, CodeType):
            yield from (*each.co_names, *each.co_varnames, *each.co_cellvars, *each.co_freevars)
            waiting += each.co_consts
        elif isinstance(each, tuple | frozenset):
            waiting += each
        elif isinstance(each, str) and len(each.split(None, 1)) == 1:
            yield each


def may_mention(names: frozenset[str] | None, words: Collection[str]) -> bool:
    """Whether one of these words is one of the names, or may be."""
    return names is None or not names.isdisjoint(words)


def imported_from(module: str, names: Mapping[str, frozenset[str] | None]) -> Collection[str]:
    """A module and those that it may import, and theirs; all, where one may reach any name.

    Args:
        names: what each module of the submission mentions.
    """
    parts = {name: frozenset(name.split(".")) for name in names}
    found, waiting = {module}, [module]
    while waiting:
        mentions = names[waiting.pop()]
        if mentions is None:
            return names.keys()
        more = {name for name in parts if not parts[name].isdisjoint(mentions)} - found
        found |= more
        waiting += more
    return found
