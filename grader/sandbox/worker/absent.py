"""Libraries that are not here: a stand-in that costs only what uses it.

`import matplotlib.pyplot as plt` at the top of a module is there for a plot that nobody grades. So
where a library is missing, a statement at the left margin gets a stand-in. While the module loads,
everything may be done with it (`fig, ax = plt.subplots()`), and a check against it passes: nobody
can tell. Later, whoever uses it gets a ModuleNotFoundError that says what is missing. An import
further in is refused as everywhere: a function wants to know, and `try: import cupy` asks a
question.
"""

from __future__ import annotations

import difflib
import importlib.abc
import importlib.machinery
import linecache
import math
import opcode
import sys
from collections.abc import Iterable
from types import FrameType, ModuleType
from typing import Any

__all__ = ["AbsentModule", "StandIns"]

_IMPORT_SYSTEM = "<frozen importlib"
#: The libraries that a course is about. `import torhc` misspells one: no other library is meant.
_TAUGHT = ("numpy", "torch")
#: How alike (`difflib`) a misspelt name is: two letters of "torch" may have changed places.
_MISSPELT = 0.8
#: Functions of NumPy that compare; the ufuncs have the names that operators have, too.
_COMPARING = frozenset(
    (
        *("less", "less_equal", "greater", "greater_equal", "equal", "not_equal"),
        *("isclose", "allclose", "array_equal", "array_equiv"),
    )
)


class StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last to be asked for a module: gives a stand-in to statements at the left margin.

    Args:
        files: the names of the submission's files.

    Attributes:
        loading: whether a module of the submission is being loaded.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self.loading = False
        self._files = frozenset(files)

    def find_spec(
        self, name: str, path: Any = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if difflib.get_close_matches(name, _TAUGHT, 1, _MISSPELT) and name not in _TAUGHT:
            return None
        parent = sys.modules.get(name.rpartition(".")[0])
        if isinstance(parent, AbsentModule) or (parent is None and self._is_at_the_margin()):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return AbsentModule(spec.name, self)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""

    def use(self, name: str) -> None:
        """Something of a library is used.

        Raises:
            ModuleNotFoundError: nothing is being loaded any more.
        """
        if not self.loading:
            library = name.partition(".")[0]
            raise ModuleNotFoundError(f"{library} is not installed where this is graded")

    def _is_at_the_margin(self) -> bool:
        """Whether the statement that imports stands in the submission, not indented."""
        frame = sys._getframe(2)
        while frame.f_code.co_filename.startswith(_IMPORT_SYSTEM) and frame.f_back is not None:
            frame = frame.f_back
        file = frame.f_code.co_filename
        line = linecache.getline(file, frame.f_lineno)
        # `from mylib import *` would have to know what is in it: refused as everywhere.
        wants_all = line.partition("#")[0].rstrip().endswith("*")
        return self.loading and file in self._files and line[:1].isalpha() and not wants_all


class _Absent:
    """Something of a library that is missing; whatever is done with it comes to another."""

    def __init__(self, name: str, owner: StandIns) -> None:
        self._wxb_name, self._wxb_owner = name, owner

    def _wxb_use(self, *args: Any, **kwargs: Any) -> Any:
        self._wxb_owner.use(self._wxb_name)
        return _Absent(self._wxb_name, self._wxb_owner)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._wxb_owner.use(self._wxb_name)
        return _Absent(f"{self._wxb_name}.{name}", self._wxb_owner)

    def __iter__(self) -> Any:
        """As many parts as are asked for (`fig, ax = …`); a loop has nothing to go through."""
        part = self._wxb_use()
        return iter([part] * _unpacked(sys._getframe(1)))

    def __array_function__(self, function: Any, *args: Any) -> Any:
        return self._wxb_use() if function.__name__ not in _COMPARING else self._wxb_true()

    def __array_ufunc__(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        return self.__array_function__(function)

    def _wxb_true(self, *args: Any) -> bool:
        self._wxb_owner.use(self._wxb_name)
        return True

    def _wxb_false(self, *args: Any) -> bool:
        self._wxb_owner.use(self._wxb_name)
        return False

    def __len__(self) -> int:
        return int(self._wxb_false())

    def __index__(self) -> int:
        return int(self._wxb_false())

    def __float__(self) -> float:
        return math.nan if self._wxb_true() else 0.0

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """As the base of a class: one whose objects cannot be made."""
        name, owner = self._wxb_name, self._wxb_owner

        class Base:
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                owner.use(name)

        return (Base,)

    def __repr__(self) -> str:
        return f"<{self._wxb_name}, which is not installed where this is graded>"


for _method in (
    *("call", "getitem", "setitem", "delitem", "enter", "neg", "pos", "abs", "invert", "round"),
    *("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "matmul", "rmatmul"),
    *("floordiv", "rfloordiv", "mod", "rmod", "pow", "rpow", "or", "ror", "and", "rand"),
):
    setattr(_Absent, f"__{_method}__", _Absent._wxb_use)
for _method in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(_Absent, f"__{_method}__", _Absent._wxb_true)
for _method in ("bool", "contains", "exit"):  # an `__exit__` that is true would hide an exception
    setattr(_Absent, f"__{_method}__", _Absent._wxb_false)
_Absent.__hash__ = object.__hash__  # type: ignore[method-assign]


def _unpacked(frame: FrameType) -> int:
    """How many names a frame is about to give the parts of something to; 0 if it does not."""
    code, at = frame.f_code.co_code, frame.f_lasti
    count = code[at + 1]
    if opcode.opname[code[at]] == "UNPACK_SEQUENCE":
        return count
    if opcode.opname[code[at]] == "UNPACK_EX":  # those before the star, and after it
        is_wide = at >= 2 and opcode.opname[code[at - 2]] == "EXTENDED_ARG"
        return count + (code[at - 1] if is_wide else 0)
    return 0


class AbsentModule(ModuleType):
    """The stand-in for a whole module."""

    def __init__(self, name: str, owner: StandIns) -> None:
        super().__init__(name)
        self.__dict__["_wxb_owner"] = owner

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        owner: StandIns = self.__dict__["_wxb_owner"]
        owner.use(self.__name__)
        return _Absent(f"{self.__name__}.{name}", owner)
