"""What nbgrader's gradebook says of a notebook that was given out, asked once in a run.

It is the same for every student, and to open that gradebook takes longer than to ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from nbgrader.preprocessors import NbGraderPreprocessor

__all__ = ["once"]

T = TypeVar("T")

#: By nbgrader's converter: one is made for each run, and for each click in formgrader.
_RUNS: WeakKeyDictionary[Any, dict[tuple[object, ...], Any]] = WeakKeyDictionary()


def once(
    step: NbGraderPreprocessor, ask: Callable[[str, str, str], T], where: Mapping[str, str]
) -> T:
    """What `ask` comes to, or came to earlier in this run.

    Args:
        step: the preprocessor that asks.
        ask: called with the gradebook's URL, the notebook and the assignment; what it returns is
            shared, and may not be changed.
        where: what nbgrader tells a preprocessor of the notebook.
    """
    place = where["db_url"], where["notebook"], where["assignment"]
    converter = getattr(step.parent, "parent", None)
    if converter is None:
        return ask(*place)
    known = _RUNS.setdefault(converter, {})
    if (ask, *place) not in known:
        known[ask, *place] = ask(*place)
    found: T = known[ask, *place]
    return found
