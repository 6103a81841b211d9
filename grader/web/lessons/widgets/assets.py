"""Which visualizers there are, their files, and the state in which they begin."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from grader.errors import UsageError

__all__ = [
    "CLASSIC",
    "FOLDER",
    "PAGE",
    "SOURCES",
    "Visualizer",
    "get",
    "module",
    "script",
    "visualizers",
]

#: What is served as it stands: `NAME.js` for each visualizer, `page.js` and `classic.js`.
FOLDER = Path(__file__).resolve().parent / "built"
#: The same as modules that share what they have in common: a page with several loads that once.
SOURCES = FOLDER.parent / "src"
#: The module with `start()`, for served pages; it loads what a page needs from beside it.
PAGE = "page.js"
#: All visualizers as a classic script, for pages that are opened from a folder.
CLASSIC = "classic.js"


#: Comments on lines of their own.
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)


class Visualizer(NamedTuple):
    """One visualizer: its name is that of its file, without `.js`."""

    name: str
    title: str
    #: Mode -> what it is called on its switch.
    modes: dict[str, str]
    #: Key of the state -> the value with which it begins.
    defaults: dict[str, Any]

    @property
    def path(self) -> Path:
        """The one file that a browser or anywidget loads."""
        return FOLDER / f"{self.name}.js"


@cache
def visualizers() -> dict[str, Visualizer]:
    """Name -> visualizer, all that there are."""
    states = json.loads((FOLDER / "states.json").read_text("utf-8"))
    return {name: Visualizer(name, **state) for name, state in states.items()}


def get(name: str) -> Visualizer:
    """The visualizer of that name.

    Raises:
        UsageError: there is none; the message lists those that there are.
    """
    found = visualizers().get(name)
    if found is None:
        known = ", ".join(sorted(visualizers()))
        raise UsageError(f"There is no visualizer {name!r}; there are {known}.")
    return found


@cache
def module(file: str) -> str:
    """The text of a module in `SOURCES`, such as `warp.js`, without comments: a page's weight.

    Raises:
        UsageError: there is none of that name.
    """
    if file not in {path.name for path in SOURCES.glob("*.js")}:
        raise UsageError(f"There is no module {file!r}.")
    return _COMMENT.sub("", (SOURCES / file).read_text("utf-8"))


@cache
def script(file: str) -> str:
    """The text of a built file, such as `warp.js`."""
    return (FOLDER / file).read_text("utf-8")
