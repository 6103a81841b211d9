"""All exports by name: ours, those of platforms, and those that other packages bring.

A platform's room stands above this one, so its exports are known by name alone.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import logging
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import msgspec

from grader.classroom.exports import canvas, document, moodle, table
from grader.classroom.exports.export import Export
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = [
    "EXPORTS",
    "GROUP",
    "OWN",
    "PLATFORMS",
    "Listed",
    "Registry",
    "find",
    "listed",
    "missing",
]

_LOG = logging.getLogger(__name__)
#: Entry points of this group are exports.
GROUP = "wxb.exports"
OWN: Mapping[str, Export] = MappingProxyType(
    {"csv": table.write, "canvas": canvas.write, "moodle": moodle.write, "json": document.write}
)
F = TypeVar("F", bound=Callable[..., Any])

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


class Registry(Generic[F]):
    """Functions by name; none of ours can be replaced.

    Args:
        group: the group of entry points in which other packages name theirs.
        own: ours.
        rooms: ours that stand in rooms above this one: module and function, imported when used.
    """

    def __init__(
        self, group: str, own: Mapping[str, F], rooms: Mapping[str, str] | None = None
    ) -> None:
        self._group = group
        self._own, self._rooms = own, rooms or {}

    def get(self, name: str) -> F | None:
        """The function of a name, if there is one.

        Raises:
            UsageError: it cannot be loaded.
        """
        if name in self._own:
            return self._own[name]
        if name in self._rooms:
            return self._of_room(name)
        for point in importlib.metadata.entry_points(group=self._group, name=name):
            export, broken = _load(point)
            if export is None:
                raise UsageError(f"The export {printable(name)} cannot be loaded: {broken}")
            found: F = export
            return found
        return None

    def listed(self) -> list[Listed]:
        """All of them, ours first."""
        own = {**self._own, **{name: self._of_room(name) for name in self._rooms}}
        found = [Listed(name, _first_line(export)) for name, export in own.items()]
        return found + list(self._others())

    def _of_room(self, name: str) -> F:
        module, _, function = self._rooms[name].partition(":")
        export: F = getattr(importlib.import_module(module), function)
        return export

    def _others(self) -> Iterator[Listed]:
        for point in sorted(importlib.metadata.entry_points(group=self._group)):
            if point.name in self._own or point.name in self._rooms:
                continue
            export, broken = _load(point)
            about = "" if export is None else _first_line(export)
            origin = point.dist.name if point.dist is not None else point.value
            yield Listed(printable(point.name), printable(about), printable(origin), broken)


EXPORTS = Registry(GROUP, OWN, PLATFORMS)


def find(name: str) -> Export:
    """The export of a name.

    Raises:
        UsageError: there is none, or it cannot be loaded.
    """
    export = EXPORTS.get(name)
    if export is None:
        raise missing(name, listed())
    return export


def listed() -> list[Listed]:
    """All of them, ours first."""
    return EXPORTS.listed()


def missing(name: str, known: list[Listed]) -> UsageError:
    """The error that there is no export of a name."""
    names = ", ".join(each.name for each in known)
    return UsageError(f"There is no export {printable(name)!r}; there are: {names}.")


def _load(point: importlib.metadata.EntryPoint) -> tuple[Any, str]:
    try:
        export = point.load()
    except Exception as error:  # whatever a package of others raises
        _LOG.warning("entry point %s", point.value, exc_info=True)
        return None, printable(f"{type(error).__name__}: {error}")
    if not callable(export):
        return None, printable(f"{point.value} is no function")
    return export, ""


def _first_line(export: Callable[..., Any]) -> str:
    return next(iter((export.__doc__ or "").strip().splitlines()), "")
