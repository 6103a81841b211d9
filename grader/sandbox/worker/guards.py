"""Guards on forbidden functions: the second net, for calls that the text did not show.

A guard stands in for a library function wherever the library offers it, and for a class in the
place of its `__init__`. It lets the library call its own functions freely, and stops a call whose
calling frame is the submission's, also where the library calls what the submission gave it.

Methods of types that are written in C take no guard: where only running it can tell whose method
is meant, the submission's code asks here (`checked.py`). Texts that it evaluates are read first.
"""

from __future__ import annotations

import ast
import functools
import importlib
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FrameType, ModuleType
from typing import Any, NoReturn

import numpy as np

from grader.sandbox.wire.protocol import ForbiddenName
from grader.sandbox.worker.forbidden import outside
from grader.sandbox.worker.reading import may_be_checked
from grader.sandbox.worker.texts import Unread
from grader.sandbox.worker.wanted import METHOD_OWNERS, methods_of

__all__ = ["ForbiddenCall", "Guards", "places"]

Place = tuple[Any, str]

#: Most frames between a function that the library is given and whoever gave it.
_DEEPEST = 50
#: What a check may hand to a forbidden function, beside arrays and tensors, and lists of it.
_PLAIN = (int, float, complex, bool, str, type(None))
#: Most parts of a list that are looked at.
_MOST_PARTS = 1_000


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
        tops = (top, f"_{top}")  # `operator.matmul` is `_operator.matmul`
        spots: list[Place] = [(owner, attribute)]
        for module_name, module in list(sys.modules.items()):
            if module_name.partition(".")[0] in tops and type(module) is ModuleType:
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

    `loading`: the module of the exercise is being loaded.
    """

    def __init__(self, spots: dict[str, list[Place]], files: frozenset[str]) -> None:
        self._spots = spots
        self._files = files
        self._installed: set[str] = set()
        self._active: frozenset[str] = frozenset()
        self._methods: dict[str, str] = {}
        self.called: ForbiddenName | None = None
        self.loading = False

    @property
    def spellings(self) -> dict[str, set[str]]:
        """Forbidden name -> all that the library calls it."""
        return {name: {spot for _, spot in spots} for name, spots in self._spots.items()}

    def activate(self, names: Iterable[str]) -> None:
        """Forbid exactly these names from now on."""
        self._active = frozenset(names)
        self._methods = methods_of(sorted(self._active))
        if self._active and self._spots:
            _watch(self)
        for name in self._active - self._installed:
            self._installed.add(name)
            names = frozenset(attribute for _, attribute in self._spots.get(name, ()))
            for owner, attribute in self._spots.get(name, ()):
                found = getattr(owner, attribute)
                if isinstance(found, type):  # it must stay one, for isinstance and for subclasses
                    owner, attribute, found = found, "__init__", vars(found).get("__init__")
                    names |= {"__init__", found.__name__ if found is not None else ""}
                if found is None or hasattr(found, "__wxb_guard__"):
                    continue
                with suppress(
                    AttributeError, TypeError
                ):  # a type written in C takes no new attributes; the text check has it
                    setattr(owner, attribute, self._guard(name, found, names))

    @property
    def active(self) -> tuple[str, ...]:
        """The names that are forbidden now."""
        return tuple(sorted(self._active))

    @property
    def methods(self) -> dict[str, str]:
        """The names of methods that are forbidden now, with the forbidden names."""
        return self._methods

    def take(self, value: Any, name: str, *default: Any) -> Any:
        """`getattr` for the submission, where its text does not tell whose method it takes."""
        if name in self._methods and _is_taught(value):
            frame = sys._getframe(1)
            self.stop(self._methods[name], self._file(frame), frame.f_lineno)
        return getattr(value, name, *default)

    def stop(self, name: str, file: str, line: int) -> NoReturn:
        """End the call: something forbidden is done in this line."""
        self.called = ForbiddenName(name, file, line)
        raise ForbiddenCall(name)

    def _file(self, frame: FrameType) -> str:
        """The file of the submission that a frame belongs to, or ""."""
        file = frame.f_code.co_filename
        if file not in self._files:  # text for `eval` runs with its module's names
            file = f"{frame.f_globals.get('__name__')}.py"
        return file if file in self._files else ""

    def _giver(self, frame: FrameType | None, names: frozenset[str]) -> FrameType | None:
        """The submission's frame that calls a function by one of these names, or has it called.

        The library calls its own functions by their names, and what it is given by another.
        """
        if frame is None or self._file(frame):
            return frame
        if not names.isdisjoint(frame.f_code.co_names):
            return None
        for _ in range(_DEEPEST):
            frame = frame.f_back if frame is not None else None
            if frame is not None and self._file(frame):
                return frame
        return None

    def read(self, text: Any, frame: FrameType) -> None:
        """Look through a text that the submission has compiled, before it is."""
        if not isinstance(text, str | bytes | bytearray | ast.AST):
            return
        names = self.active
        if not self._file(frame):
            # The library compiles for the submission. What it writes itself, as `dataclass` does,
            # may take a field that has the name of a method.
            is_import = frame.f_code.co_filename.startswith("<frozen importlib")
            giver = self._giver(frame, frozenset()) if not is_import else None
            if giver is None or self.loading:
                return
            frame, names = giver, tuple(n for n in names if not n.startswith(METHOD_OWNERS))
        try:
            if isinstance(text, bytes | bytearray):
                text = bytes(text).decode("utf-8", "replace")
            hit = outside(text, names)
        except (Unread, RecursionError, MemoryError):
            self.stop(self.active[0], self._file(frame), frame.f_lineno)
        if hit is not None:
            self.stop(hit.name, self._file(frame), frame.f_lineno)

    def _guard(
        self, name: str, function: Callable[..., Any], names: frozenset[str]
    ) -> Callable[..., Any]:
        @functools.wraps(function)
        def guard(*args: Any, **kwargs: Any) -> Any:
            if name in self._active:
                giver = self._giver(sys._getframe(1), names)
                if giver is not None and not self._is_check(name, [*args, *kwargs.values()]):
                    self.stop(name, self._file(giver), giver.f_lineno)
            return function(*args, **kwargs)

        # The library wraps functions, too: neither way leads around the guard.
        vars(guard).pop("__wrapped__", None)
        guard.__wxb_guard__ = name  # type: ignore[attr-defined]
        return guard

    def _is_check(self, name: str, given: list[Any]) -> bool:
        """Whether a module that is loaded for its exercise can get no more than numbers by this.

        Where it keeps them, its text says so. Nothing may see the function that is behind this
        guard, or write down that it was called, to do the same later: of what it is given, nothing
        is the submission's own, and PyTorch records nothing.
        """
        return (
            self.loading
            and may_be_checked(name)
            and all(_is_plain(value) for value in given)
            and not _is_recording()
        )


def _is_taught(value: Any) -> bool:
    """Whether it is an array or a tensor, or the type of one."""
    torch = sys.modules.get("torch")
    taught = (np.ndarray, torch.Tensor) if torch is not None else (np.ndarray,)
    return isinstance(value, taught) or (isinstance(value, type) and issubclass(value, taught))


def _is_plain(value: Any, deep: int = 3) -> bool:
    """Whether it is data, and no object whose methods could be called with the function."""
    if type(value) in (list, tuple):
        is_small = len(value) <= _MOST_PARTS and deep > 0
        return is_small and all(_is_plain(each, deep - 1) for each in value)
    if type(value) is np.ndarray:
        return not value.dtype.hasobject
    torch = sys.modules.get("torch")
    taught = (torch.Tensor, torch.nn.Parameter, torch.dtype) if torch is not None else ()
    return type(value) in (*_PLAIN, *taught) or (
        isinstance(value, np.generic) and type(value).__module__ == "numpy"
    )


def _is_recording() -> bool:
    """Whether PyTorch hands on what is called: traced for later, or to a mode that looks at it."""
    torch = sys.modules.get("torch")
    if torch is None:
        return False
    # Of `set_default_device`; it only fills in `device`.
    harmless = getattr(sys.modules.get("torch.utils._device"), "DeviceContext", None)
    return (
        torch._C._get_tracing_state() is not None
        or torch._C._len_torch_dispatch_stack() > 0
        or any(
            type(mode) is not harmless
            for mode in torch.overrides._get_current_function_mode_stack()
        )
    )


#: The guards that read what is compiled; a process takes back no audit hook, so there is but one.
_watching: list[Guards] = []


def _watch(guards: Guards) -> None:
    """From now on texts that are compiled are read by these guards."""
    if not _watching:
        sys.addaudithook(_audit)
    _watching[:] = [guards]


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event == "compile" and _watching[0].active:
        _watching[0].read(args[0], sys._getframe(1))
