"""Which functions only repeat what another one got wrong.

A function that calls a wrong one answers wrongly too, often as some wrong idea of its own would.
The one that is called is named first, and its caller is told that it waits for it: if the idea of
the callee, with the reference's own caller over it, gives the student's answers; or if nothing can
be said of that, since the callee has no name, or since the reference's caller does without it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Literal

__all__ = ["Fault", "Repeats", "echoes", "uses"]

#: What an idea about one function makes of the answers of another: the student's wrong ones; others
#: than those; or nothing, because the reference does without the function there.
Repeats = Literal["the student's", "others", "none"]


class Fault(IntEnum):
    """What is wrong with an answer, from the least to the gravest.

    A mistake of one kind is no reason for a graver one elsewhere.
    """

    MANNER = 0
    REFUSAL = 1
    VALUE = 2


_TOP_LEVEL = re.compile(r"(?m)^(?:async[ ]+def|def|class)[ ]+(\w+)|^(\w+)[ ]*(?::[^=\n]*)?=[^=]")
_TEXTS = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|#[^\n]*')
_ANY_LINE = re.compile(r"(?m)^[\w@]")
#: Most names of a module in which echoes are looked for: all pairs of them are.
_NAMES = 400


def echoes(
    faulty: Mapping[str, Fault],
    calls: Mapping[str, frozenset[str]],
    repeats: Callable[[str, str], Repeats],
) -> dict[str, str]:
    """The functions that repeat another's mistake: echo -> cause.

    Args:
        faulty: the functions that gave a wrong answer, with the gravest fault of each.
        calls: what each function of the student's uses, directly or not.
        repeats: asked (callee, caller), says what the callee's idea makes of the caller's answers.
    """
    causes: dict[str, str] = {}
    for caller, fault in faulty.items():
        for callee, of_the_callee in faulty.items():
            if callee not in calls.get(caller, ()) or caller in calls.get(callee, ()):
                continue
            what = repeats(callee, caller)
            grave = of_the_callee >= fault and of_the_callee > Fault.MANNER
            if what == "the student's" or (what == "none" and grave):
                causes.setdefault(caller, callee)
    return {echo: _root(cause, causes) for echo, cause in causes.items()}


def _root(cause: str, causes: Mapping[str, str]) -> str:
    """The first cause of all: nothing is used by what it uses, so this ends."""
    while cause in causes:
        cause = causes[cause]
    return cause


def uses(source: str) -> dict[str, frozenset[str]]:
    """For each name that a module's text defines, the others of them that it uses, in any way.

    A student's text is not parsed in this process: words are enough.
    """
    plain = _TEXTS.sub("", source)
    starts = [match.start() for match in _ANY_LINE.finditer(plain)] + [len(plain)]
    words: dict[str, set[str]] = {}
    for start, end in itertools.pairwise(starts):
        if match := _TOP_LEVEL.match(plain, start):
            name = match[1] or match[2]
            words[name] = set(re.findall(r"\w+", plain[match.end() : end]))
    if len(words) > _NAMES:
        return {}
    direct = {name: inside & words.keys() - {name} for name, inside in words.items()}
    return {name: _reached(name, direct) for name in direct}


def _reached(name: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    """Everything that a name uses, through others too."""
    found: set[str] = set()
    left = [name]
    while left:
        new = direct[left.pop()] - found
        found |= new
        left.extend(new)
    return frozenset(found)
