"""Libraries that are not here: a stand-in that costs only what uses it.

`import matplotlib.pyplot as plt` at the top of a module is there for a plot that nobody grades. So
where a library is missing, a statement at the left margin gets a stand-in. While the module loads,
everything may be done with it (`plt.style.use("ggplot")`); later, whoever uses it gets a
ModuleNotFoundError that says what is missing. An import further in is refused as everywhere: a
function wants to know, and `try: import cupy` asks a question.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import linecache
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

__all__ = ["AbsentModule", "StandIns"]

_IMPORT_SYSTEM = "<frozen importlib"


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
    *("call", "getitem", "setitem", "iter", "len", "enter", "exit", "contains", "bool"),
    *("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "matmul", "rmatmul"),
    *("pow", "rpow", "neg", "pos", "abs", "float", "int", "index", "or", "and"),
):
    setattr(_Absent, f"__{_method}__", _Absent._wxb_use)


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
