"""The texts of a submission as Python compiles them, each at most once."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import suppress
from types import CodeType

from grader.sandbox.worker.mentioned import mentioned
from grader.sandbox.worker.modules import file_of

__all__ = ["Compiled"]


class Compiled:
    """The modules of a submission, compiled to be looked at, and to be run.

    Args:
        sources: module name -> text.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._codes: dict[str, CodeType] = {}
        self._names: dict[str, frozenset[str] | None] = {}

    def code(self, module: str) -> CodeType | None:
        """A module's code, if it has been compiled and compiling it again would tell nothing."""
        return self._codes.get(module)

    def is_quiet(self, module: str) -> bool:
        """Whether it compiles, and Python has nothing to say of it."""
        if module not in self._codes:
            with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                self._compile(module, self._sources[module])
        return module in self._codes

    def mentioned(self, module: str) -> frozenset[str] | None:
        """The names that a module mentions: see `mentioned`."""
        if module not in self._names:
            text = self._sources.get(module, "")  # a folder needs no text of its own
            self._names[module] = mentioned(text, lambda: self._compile(module, text))
        return self._names[module]

    def _compile(self, module: str, text: str) -> CodeType:
        """Compile it; where Python has something to say of it, loading it will have to."""
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            code = compile(text, file_of(module), "exec", dont_inherit=True)
        if not told:
            self._codes[module] = code
        return code
