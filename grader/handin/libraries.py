"""Libraries that a submission imports at its left margin and that are not installed here.

The worker gives such an import a stand-in (`grader.sandbox.worker.absent`); here it is found out
for the note that says so. Nothing is imported and nothing parsed: a line is looked at as text.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator, Mapping

__all__ = ["missing_libraries"]

_AS = r"(?:[ \t]+as[ \t]+\w+)?+"
#: A whole statement on a line of its own; in a docstring a sentence hardly looks like one.
_STATEMENT = re.compile(
    rf"^(?:import[ \t]+([^\W\d][\w.]*+{_AS}(?:[ \t]*,[ \t]*\w[\w.]*+{_AS})*+)"
    r"|from[ \t]+([^\W\d][\w.]*+)[ \t]+import[ \t]+(?!\*)\S.*)[ \t]*(?:\#.*)?$",
    re.MULTILINE,
)
#: Most imports that are looked up for one submission: each asks the disk.
_LIMIT = 200


def missing_libraries(modules: Mapping[str, str], known: Iterable[str] = ()) -> dict[str, str]:
    """Library -> the first module that imports it, for those that are not installed.

    Args:
        modules: module name -> text.
        known: further names that are no library's.
    """
    own = {*modules, *known, *sys.stdlib_module_names}
    found: dict[str, str] = {}
    seen: set[str] = set()
    for module, text in modules.items():
        for name in _imported(text):
            if name in own or name in seen:
                continue
            seen.add(name)
            if len(seen) > _LIMIT:
                return found
            if not _is_installed(name):
                found[name] = module
    return found


def _imported(text: str) -> Iterator[str]:
    """Top-level names of what is imported at the left margin."""
    for match in _STATEMENT.finditer(text):
        for name in (match[1] or match[2]).split(","):
            yield name.split()[0].partition(".")[0]


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
