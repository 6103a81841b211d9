"""The submission's modules, imported by name from texts that came over the channel."""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import linecache
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

__all__ = ["Finder", "file_of"]


def file_of(module: str) -> str:
    """The name a module's code carries in tracebacks."""
    return f"{module}.py"


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the submission's modules by name, from the texts that came over the channel.

    Args:
        tree_of: what is run of a module, by its name and text.
    """

    def __init__(
        self, sources: dict[str, str], tree_of: Callable[[str, str], str | ast.Module] | None = None
    ) -> None:
        self.tree_of = tree_of or (lambda name, text: text)
        self._sources = {
            name: text
            for name, text in sources.items()
            if name not in sys.stdlib_module_names and name not in sys.modules
        }

    def find_spec(
        self, name: str, path: Any = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in self._sources:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=file_of(name))

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        text, file = self._sources[name], file_of(name)
        module.__file__ = file
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        exec(compile(self.tree_of(name, text), file, "exec", dont_inherit=True), module.__dict__)
