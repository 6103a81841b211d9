"""Names that a statement binds and needs, from Python's own tables of symbols."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable

__all__ = ["BY_TEXT", "Names", "quoted"]

#: Functions of scopes that run where they stand.
_AT_ONCE = frozenset({"genexpr", "listcomp", "setcomp", "dictcomp"})
#: Names through which a text reaches others by their names in quotes.
BY_TEXT = frozenset({"eval", "exec", "globals", "locals", "vars"})
_WORD = re.compile(r"[^\W\d]\w*")


class Names:
    """Names that a statement binds, needs now, and needs when its functions are called.

    `assigned_later` are those that its functions give a value, by `global`.

    Args:
        parts: those of a statement that can stand in no module.
    """

    def __init__(self, text: str, parts: list[ast.AST] | None = None) -> None:
        self.now: set[str] = set()
        self.later: set[str] = set()
        self.assigned_later: set[str] = set()
        if parts is not None:  # a table can be made of what may stand in a module only
            words = [part for part in parts if isinstance(part, ast.Name)]
            self.bound = {n.id for n in words if not isinstance(n.ctx, ast.Load)}
            self.now = {n.id for n in words if isinstance(n.ctx, ast.Load)}
            return
        table = symtable.symtable(text, "cell", "exec")
        self.bound = {s.get_name() for s in table.get_symbols() if _is_bound(s)}
        self._read(table, is_later=False)
        if self.later & BY_TEXT:
            self.later |= set(_WORD.findall(text))
        if self.now & BY_TEXT:
            self.now |= set(_WORD.findall(text))

    def _read(self, table: symtable.SymbolTable, is_later: bool) -> None:
        is_module = table.get_type() == "module"
        needs = self.later if is_later else self.now
        for symbol in table.get_symbols():
            if not is_module and not symbol.is_global():
                continue
            if symbol.is_referenced() or (not is_module and _is_bound(symbol)):
                needs.add(symbol.get_name())
            if _is_bound(symbol):  # here or further in: `[last := x for x in v]`
                (self.assigned_later if is_later else self.bound).add(symbol.get_name())
        for child in table.get_children():
            runs_later = child.get_type() == "function" and child.get_name() not in _AT_ONCE
            self._read(child, is_later or runs_later)


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def quoted(parts: Iterable[ast.AST]) -> set[str]:
    """Names in quotes."""
    texts = (p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))
    return {word for text in texts for word in _WORD.findall(text)}
