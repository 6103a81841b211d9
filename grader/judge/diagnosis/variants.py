"""A course's own code as modules: each solution, and each misconception in a copy of it.

This is trusted code of the course's author. It runs in the judge, never beside a student's.
"""

from __future__ import annotations

import dis
import functools
import importlib.abc
import importlib.machinery
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from grader.course.faults import UNREADABLE, broken, short_path, unreadable
from grader.course.outline import Course, Exercise
from grader.course.text import read_source
from grader.errors import CourseError

__all__ = ["Variant", "load_variants", "serve_solutions"]

#: Names by which code draws random numbers; `normalize` does not.
_RANDOM = re.compile(
    r"rand|rng|uniform|normal(?!i[sz])|seed|generator|shuffle|permutation|dropout|"
    r"bernoulli|multinomial|poisson|gumbel|rrelu|fractional",
    re.I,
)
#: Names by which code makes layers that draw how they start. To name `torch.nn` alone is not one:
#: what is in `torch.nn.functional` draws by the names above.
_LAYERS = re.compile(
    r"init|Linear|Bilinear|Conv\w*|Embedding\w*|RNN\w*|LSTM\w*|GRU\w*|Multihead\w*|"
    r"Lazy\w*|Transformer\w*"
)
#: Pieces of code, and modules, that are looked through once: a course of 31 exercises has some
#: 4,000 and 62.
_MOST_CODES, _MOST_MODULES = 1 << 14, 1 << 10
_EXPECTED = "code that runs without errors"
#: In an idea's class: further sizes that are tried for the keyword `size` of its functions.
_SIZES = "__sizes__"


class Variant:
    """The solution, or one wrong idea inside a copy of it.

    Args:
        name: the misconception's class name; "" for the solution itself.
        hint: the misconception's docstring, on one line.
        replaces: names of the functions it gets wrong.
        line: where its class starts in the misconceptions file.
        names: the solution's own names; by default all that its module holds.
        idea: the misconception's class name, where the name is another.
        others: what stands in the module instead of functions of the solution.
        size: for the keyword `size` of its functions; by default what their author wrote there.
    """

    def __init__(
        self,
        exercise: Exercise,
        codes: tuple[CodeType, ...],
        name: str = "",
        hint: str = "",
        replaces: frozenset[str] = frozenset(),
        line: int = 0,
        names: frozenset[str] | None = None,
        size: float | None = None,
        idea: str | None = None,
        others: Mapping[str, Any] | None = None,
    ) -> None:
        self.exercise, self.name, self.hint = exercise, name, hint
        self.size = size
        self.replaces, self.line, self._names = replaces, line, names
        self._codes, self._idea = codes, name if idea is None else idea
        self._others = dict(others or {})
        self._shared: ModuleType | None = None
        self._parts: dict[str, Variant] = {}
        self._stateful: bool | None = None

    @property
    def key(self) -> str:
        """What tells it from every other variant of its exercise."""
        return self.name if self.size is None else f"{self.name} {self.size!r}"

    def is_sized(self) -> bool:
        """Whether one of its functions or classes takes a size."""
        idea = vars(vars(self.shared_module())[self._idea])
        return any(_has_size(_unwrapped(idea[key])) for key in self.replaces)

    @functools.cached_property
    def judged(self) -> frozenset[str]:
        """Names of the functions whose answers tell of it.

        Those that it replaces; what nobody calls from outside shows in the functions that use it.
        """
        hidden = {name for name in self.replaces if name.startswith("_")}
        if not hidden:
            return self.replaces
        users = _users(vars(self.shared_module()), hidden)
        return self.replaces | {name for name in users if not name.startswith("_")}

    @functools.cached_property
    def draws(self) -> bool:
        """Whether its code, or that of an idea beside it, may draw random numbers.

        That is as far as names tell. Of what it has from other exercises it is not known.
        """
        return _drawing(self._codes, self.exercise.id).draws

    @functools.cached_property
    def may_draw(self) -> bool:
        """Whether an answer may depend on what was drawn before; layers draw how they start."""
        return self.draws or _drawing(self._codes, self.exercise.id).makes_layers

    def shared_module(self) -> ModuleType:
        """A module made once, for code that keeps no state between calls."""
        if self._shared is None:
            self._shared = self.module()
        return self._shared

    def keeps_state(self) -> bool:
        """Whether one call may leave something behind for the next, as far as can be seen."""
        if self._stateful is None:
            module = vars(self.shared_module())
            names = self._names if self._names is not None else module.keys()
            held = [module[name] for name in names if not name.startswith("__")]
            self._stateful = any(_changes(value, self.exercise.id) for value in held)
        return self._stateful

    def module(self) -> ModuleType:
        """A fresh module: the solution's names, with the wrong functions in place of its own."""
        module = _executed(self._codes, self.exercise.id)
        if self._idea:
            idea = vars(module)[self._idea]
            for key in self.replaces:
                value = _sized(_unwrapped(vars(idea)[key]), self.size)
                if isinstance(value, type):
                    value.__qualname__ = key  # what it is called in a student's file
                vars(module)[key] = value
        vars(module).update(self._others)
        return module

    def without(self, function: str) -> Variant:
        """The idea in all of its functions but one, which is the solution's."""
        if function not in self._parts:
            name = f"{self.name} without {function}"
            self._parts[function] = self.part(name, self.replaces - {function}, {})
        return self._parts[function]

    def part(self, name: str, wrong: frozenset[str], others: Mapping[str, Any]) -> Variant:
        """The idea in some of its functions alone, beside others than the solution's.

        Args:
            name: what it is called, as no other variant of the exercise is.
        """
        return Variant(
            self.exercise,
            self._codes,
            name,
            self.hint,
            wrong,
            self.line,
            self._names,
            self.size,
            self._idea,
            others,
        )


def _executed(codes: tuple[CodeType, ...], name: str) -> ModuleType:
    module = ModuleType(name)
    for code in codes:
        exec(code, module.__dict__)
    return module


class _Drawing(NamedTuple):
    """Whether some code draws random numbers, and whether it makes layers."""

    draws: bool
    makes_layers: bool


@functools.lru_cache(_MOST_MODULES)
def _drawing(codes: tuple[CodeType, ...], name: str) -> _Drawing:
    """What the functions and classes of a module say of it: all ideas of an exercise have one."""
    held = vars(_executed(codes, name)).values()
    inside = [code for v in held if _is_of(v, name) for code in _codes_in(v)]
    taken = any(_is_of_a_solution(value) for value in held if not _is_of(value, name))
    names = frozenset().union(*map(_mentioned, inside))
    return _Drawing(taken or any(map(_RANDOM.search, names)), any(map(_LAYERS.fullmatch, names)))


def _is_of(value: Any, module: str) -> bool:
    return getattr(value, "__module__", "") == module


def _is_of_a_solution(value: Any) -> bool:
    """Whether it is another exercise's module, or was imported from it."""
    name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    module = sys.modules.get(name) if isinstance(name, str) else None
    return isinstance(getattr(module, "__loader__", None), _Solutions)


def _changes(value: Any, module: str) -> bool:
    """Whether something of a module may be another after a call than it was before."""
    if isinstance(value, classmethod | staticmethod):
        value = value.__func__
    if isinstance(value, FunctionType):
        defaults = (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values())
        writes = _writes_globals(value.__code__)
        # `super()` closes over the class, and that stays what it is.
        kept = {*value.__code__.co_freevars} - {"__class__"} or vars(value)
        return bool(writes or kept or any(_changes(item, module) for item in defaults))
    if isinstance(value, type) and value.__module__ == module:
        own = [item for key, item in vars(value).items() if not key.startswith("__")]
        return any(_changes(item, module) for item in own)
    mutable = isinstance(value, list | dict | set | bytearray | np.ndarray)
    return mutable or hasattr(value, "cache_info")


def _users(module: dict[str, Any], names: set[str]) -> set[str]:
    """The module's own functions and classes that use any of these names, directly or not."""
    used = {name: _named_in(value) for name, value in module.items()}
    found = set(names)
    while more := {name for name, inside in used.items() if inside & found} - found:
        found |= more
    return found - names


def _named_in(value: Any) -> set[str]:
    """The names that a function's or class's code mentions."""
    return set().union(*map(_mentioned, _codes_in(value)))


def _codes_in(value: Any) -> list[CodeType]:
    """The code of a function, or of a class's functions."""
    if isinstance(value, type):
        inner = [_unwrapped(item) for item in vars(value).values()]
        return [item.__code__ for item in inner if isinstance(item, FunctionType)]
    return [value.__code__] if isinstance(value, FunctionType) else []


def _mentioned(code: CodeType) -> frozenset[str]:
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    return frozenset((*code.co_names, *code.co_varnames)).union(*map(_mentioned, inner))


@functools.lru_cache(_MOST_CODES)  # all variants of an exercise hold the same functions
def _writes_globals(code: CodeType) -> bool:
    return any(each.opname == "STORE_GLOBAL" for each in dis.get_instructions(code))


def _unwrapped(value: Any) -> Any:
    return value.__func__ if isinstance(value, staticmethod) else value


def _has_size(value: Any) -> bool:
    if isinstance(value, FunctionType):
        return "size" in (value.__kwdefaults__ or {})
    return isinstance(value, type) and hasattr(value, "size")


def _sized(value: Any, size: float | None) -> Any:
    """A function or a class with another `size`; what has none as it is."""
    if size is None or not _has_size(value):
        return value
    if isinstance(value, type):
        own = {"size": size, "__module__": value.__module__}
        return type(value)(value.__name__, (value,), own)
    copy = FunctionType(value.__code__, value.__globals__, value.__name__, value.__defaults__)
    copy.__kwdefaults__ = {**(value.__kwdefaults__ or {}), "size": size}
    return copy


def load_variants(course: Course, exercise: Exercise) -> tuple[Variant, list[Variant]]:
    """The solution of an exercise, and its misconceptions in the order of their file.

    One whose class has `__sizes__` comes once as it is written, and once for each of these sizes
    as the keyword `size` of its functions, or the attribute `size` of its classes: an epsilon is
    one idea, however large it is.

    Raises:
        CourseError: a file does not compile or does not run, with its line.
    """
    root = Path(course.root)
    solution = _compile(course.solution(exercise), root)
    reference = Variant(exercise, (solution,))
    _try(reference, course.solution(exercise), root)
    path = course.misconceptions(exercise)
    if not path.is_file():
        return reference, []
    wrong = _compile(path, root)
    trial = Variant(exercise, (solution, wrong))
    before = frozenset(vars(reference.module()))
    names = vars(_try(trial, path, root))
    classes = [
        value
        for key, value in names.items()
        if isinstance(value, type) and key not in before and value.__module__ == exercise.id
    ]
    codes = (solution, wrong)
    return reference, [
        _misconception(exercise, codes, cls, before, size)
        for cls in classes
        for size in (None, *vars(cls).get(_SIZES, ()))
    ]


def _misconception(
    exercise: Exercise,
    codes: tuple[CodeType, ...],
    cls: type,
    names: frozenset[str],
    size: float | None,
) -> Variant:
    replaced = {
        key: _unwrapped(value) for key, value in vars(cls).items() if not key.startswith("__")
    }
    lines = [f.__code__.co_firstlineno for f in replaced.values() if isinstance(f, FunctionType)]
    hint = " ".join((cls.__doc__ or "").split())
    line = min(lines, default=0)
    return Variant(exercise, codes, cls.__name__, hint, frozenset(replaced), line, names, size)


def _compile(path: Path, root: Path) -> CodeType:
    try:
        return compile(read_source(path, root, _EXPECTED), str(path), "exec", dont_inherit=True)
    except UNREADABLE as error:
        raise CourseError([unreadable(short_path(path, root), error, _EXPECTED)]) from None


def _try(variant: Variant, path: Path, root: Path) -> ModuleType:
    try:
        return variant.module()
    except (Exception, SystemExit) as error:
        raise CourseError([broken(path, root, error, _EXPECTED)]) from None


class _Solutions(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets solutions import each other by name, as students' modules may."""

    def __init__(self, course: Course) -> None:
        self._root = course.root
        self._paths = {e.id: course.solution(e) for e in course.exercises}

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name not in self._paths:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=str(self._paths[name]))

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        path = self._paths[module.__name__]
        text = read_source(path, self._root)
        exec(compile(text, str(path), "exec", dont_inherit=True), vars(module))


def serve_solutions(course: Course) -> None:
    """From now on this process imports an exercise's name as its solution."""
    sys.meta_path.append(_Solutions(course))
