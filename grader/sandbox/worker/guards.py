"""Guards on forbidden functions: the second net, for calls that the text did not show.

A guard stands in for a library function wherever the library offers it, and for a class in the
place of its `__init__`. It lets the library call its own functions freely, and stops a call whose
calling frame is the submission's.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import ModuleType
from typing import Any

from grader.sandbox.wire.protocol import ForbiddenName

__all__ = ["ForbiddenCall", "Guards", "places"]

Place = tuple[Any, str]


class ForbiddenCall(BaseException):
    """The submission called a function that the exercise forbids."""


def places(names: Iterable[str]) -> dict[str, list[Place]]:
    """Every attribute of the library under which each dotted name's function can be had.

    Slow (it looks through every loaded module), so it is done once, before the forks. Names that
    resolve to nothing here, such as torch's where there is no torch, have no places.
    """
    found: dict[str, list[Place]] = {}
    for name in names:
        owner, attribute = _resolve(name)
        function = getattr(owner, attribute, None) if owner is not None else None
        if function is None or not callable(function):
            continue
        top = name.partition(".")[0]
        spots: list[Place] = [(owner, attribute)]
        for module_name, module in list(sys.modules.items()):
            if module_name.partition(".")[0] == top and type(module) is ModuleType:
                spots += [(module, key) for key, value in vars(module).items() if value is function]
        found[name] = [spot for i, spot in enumerate(spots) if spot not in spots[:i]]
    return found


def _resolve(name: str) -> tuple[Any, str]:
    """The object that holds the last part of a dotted name."""
    parts = name.split(".")
    try:
        owner: Any = importlib.import_module(parts[0])
        for part in parts[1:-1]:
            inner = getattr(owner, part, None)
            owner = inner if inner is not None else importlib.import_module(f"{parts[0]}.{part}")
    except ImportError:
        return None, ""
    return owner, parts[-1]


class Guards:
    """The guards of one worker: installed at the first use of a module, switched per exercise.

    Args:
        files: the names of the submission's files, as code objects carry them.
    """

    def __init__(self, spots: dict[str, list[Place]], files: frozenset[str]) -> None:
        self._spots = spots
        self._files = files
        self._installed: set[str] = set()
        self._active: frozenset[str] = frozenset()
        self.called: ForbiddenName | None = None

    def activate(self, names: Iterable[str]) -> None:
        """Forbid exactly these names from now on."""
        self._active = frozenset(names)
        for name in self._active - self._installed:
            self._installed.add(name)
            for owner, attribute in self._spots.get(name, ()):
                found = getattr(owner, attribute)
                if isinstance(found, type):  # it must stay one, for isinstance and for subclasses
                    owner, attribute, found = found, "__init__", vars(found).get("__init__")
                if found is None or hasattr(found, "__wxb_guard__"):
                    continue
                with suppress(
                    AttributeError, TypeError
                ):  # a type written in C takes no new attributes; the text check has it
                    setattr(owner, attribute, self._guard(name, found))

    def _guard(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def guard(*args: Any, **kwargs: Any) -> Any:
            if name in self._active:
                caller = sys._getframe(1)
                file = caller.f_code.co_filename
                if file not in self._files:  # text for `eval` runs with its module's names
                    file = f"{caller.f_globals.get('__name__')}.py"
                if file in self._files:
                    self.called = ForbiddenName(name, file, caller.f_lineno)
                    raise ForbiddenCall(name)
            return function(*args, **kwargs)

        guard.__wxb_guard__ = name  # type: ignore[attr-defined]
        return guard
