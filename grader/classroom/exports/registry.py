"""All exports by name: ours, those of platforms, and those that other packages bring.

A platform's room stands above this one, so its exports are known by name alone.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import logging
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from grader.classroom.exports import canvas, document, moodle, table
from grader.classroom.exports.export import Export
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["GROUP", "OWN", "PLATFORMS", "Listed", "find", "listed"]

_LOG = logging.getLogger(__name__)
#: Entry points of this group are exports.
GROUP = "wxb.exports"
OWN: Mapping[str, Export] = MappingProxyType(
    {"csv": table.write, "canvas": canvas.write, "moodle": moodle.write, "json": document.write}
)

#: Name -> module and function; importing one loads nothing of the platform's own libraries.
PLATFORMS: Mapping[str, str] = MappingProxyType(
    {"nbgrader": "grader.platforms.nbgrader.export:write"}
)


class Listed(msgspec.Struct, frozen=True):
    """An export as it is listed.

    Args:
        origin: the package that brings it; "" for ours.
        broken: why it cannot be used, or "".
    """

    name: str
    about: str
    origin: str = ""
    broken: str = ""


def find(name: str) -> Export:
    """The export of a name; none of ours can be replaced.

    Raises:
        UsageError: there is none, or it cannot be loaded.
    """
    if name in OWN:
        return OWN[name]
    if name in PLATFORMS:
        return _ours(name)
    for point in importlib.metadata.entry_points(group=GROUP, name=name):
        export, broken = _load(point)
        if export is None:
            raise UsageError(f"The export {printable(name)} cannot be loaded: {broken}")
        return export
    known = ", ".join(each.name for each in listed())
    raise UsageError(f"There is no export {printable(name)!r}; there are: {known}.")


def listed() -> list[Listed]:
    """All of them, ours first."""
    own = {**OWN, **{name: _ours(name) for name in PLATFORMS}}
    found = [Listed(name, _first_line(export)) for name, export in own.items()]
    for point in sorted(importlib.metadata.entry_points(group=GROUP)):
        if point.name in own:
            continue
        export, broken = _load(point)
        about = "" if export is None else _first_line(export)
        origin = point.dist.name if point.dist is not None else point.value
        found.append(Listed(printable(point.name), printable(about), printable(origin), broken))
    return found


def _ours(name: str) -> Export:
    module, _, function = PLATFORMS[name].partition(":")
    export: Export = getattr(importlib.import_module(module), function)
    return export


def _load(point: importlib.metadata.EntryPoint) -> tuple[Export | None, str]:
    try:
        export = point.load()
    except Exception as error:  # whatever a package of others raises
        _LOG.warning("entry point %s", point.value, exc_info=True)
        return None, printable(f"{type(error).__name__}: {error}")
    if not callable(export):
        return None, printable(f"{point.value} is no function")
    return export, ""


def _first_line(export: Export) -> str:
    return next(iter((export.__doc__ or "").strip().splitlines()), "")
