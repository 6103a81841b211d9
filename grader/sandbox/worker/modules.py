"""The submission's modules, imported by name from texts that came over the channel."""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import linecache
import sys
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Any

__all__ = ["Finder", "Run", "file_of"]

#: What is run of a module.
Run = str | ast.Module | CodeType


def file_of(module: str) -> str:
    """The name a module's code carries in tracebacks; one in a folder has dots in it."""
    return f"{module}.py"


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the submission's modules by name, from the texts that came over the channel.

    Where there is `mylib.lengths`, `mylib` is a package, with or without a text of its own.

    Args:
        run_of: what is run of a module, by its name and text: that, its tree or its code.
    """

    def __init__(
        self, sources: dict[str, str], run_of: Callable[[str, str], Run] | None = None
    ) -> None:
        self.run_of = run_of or (lambda name, text: text)
        self._sources = {
            name: text
            for name, text in sources.items()
            if _top(name) not in sys.stdlib_module_names and _top(name) not in sys.modules
        }
        parts = (name.split(".") for name in self._sources)
        self._packages = {".".join(each[:n]) for each in parts for n in range(1, len(each))}

    def find_spec(
        self, name: str, path: Any = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        is_package = name in self._packages
        if name not in self._sources and not is_package:
            return None
        where = file_of(name)
        return importlib.machinery.ModuleSpec(name, self, origin=where, is_package=is_package)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        text, file = self._sources.get(name, ""), file_of(name)
        module.__file__ = file
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        run = self.run_of(name, text)
        code = run if isinstance(run, CodeType) else compile(run, file, "exec", dont_inherit=True)
        exec(code, module.__dict__)


def _top(module: str) -> str:
    return module.partition(".")[0]
