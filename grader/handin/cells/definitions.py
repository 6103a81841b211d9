"""What the cells of a notebook define, statement by statement, and which of it is needed.

A notebook is a diary: between the definitions there are trials, plots and cells that fail. Only
what the functions need, when they are defined or called, becomes part of a module. Texts are
parsed here and never compiled: on some Pythons a text can crash the compiler, not the parser.
"""

from __future__ import annotations

import ast
import bisect
import symtable
from collections.abc import Collection, Iterable, Iterator

import msgspec

from grader.course.text import Text, first_line, plain_lines
from grader.handin.cells.file import Cell
from grader.handin.cells.magics import without_magics
from grader.handin.text import encodable

__all__ = ["Statement", "functions", "needed", "read_statements"]

#: Work after which nothing is sorted out any more, and all is kept: no honest notebook gets there.
_STEPS = 200_000

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_IMPORTS = (ast.Import, ast.ImportFrom)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
_BLOCKS = (ast.If, ast.Try, ast.TryStar, ast.With, ast.Match)
_KEPT = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    *_IMPORTS,
    *_ASSIGNMENTS,
    *_BLOCKS,
    *([ast.TypeAlias] if hasattr(ast, "TypeAlias") else []),
)
#: What makes a statement impossible in a module, though not in a cell.
_ONLY_IN_FUNCTIONS = (ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Return, ast.Yield, ast.YieldFrom)
#: Calls whose answer is a function.
_MAKERS = frozenset({"partial", "vectorize"})
#: Functions of scopes that run where they stand.
_AT_ONCE = frozenset({"genexpr", "listcomp", "setcomp", "dictcomp"})
_OURS = "grader.notebook"


class Statement(msgspec.Struct, frozen=True):
    """One statement of a cell's outermost level.

    Args:
        cell: which cell it is in, counted from 0.
        line: the line of the cell on which it begins, counted from 1.
        text: the statement, without what stands beside it on its lines.
        binds: names that it gives a value or changes.
        whole: those whose value no longer depends on what they were.
        now: names that it needs when it is run.
        later: names that its functions need when they are called.
        functions: names of functions and classes that it defines.
    """

    cell: int
    line: int
    text: str
    binds: frozenset[str]
    whole: frozenset[str]
    now: frozenset[str]
    later: frozenset[str]
    functions: frozenset[str]


def read_statements(
    cells: Iterable[Cell], most: int | None = None
) -> tuple[list[Statement], list[str]]:
    """The statements that can be part of a module, and a sentence for each cell left out.

    Args:
        most: so many statements are read, for cells by somebody else.
    """
    found: list[Statement] = []
    notes: list[str] = []
    for number, cell in enumerate(cells):
        source = encodable(plain_lines(cell.source))
        try:
            source, tree = _parsed(source)
            if most is not None and len(found) + len(tree.body) > most:
                notes.append(f"{cell.label} was left out: too many statements")
                continue
            text = Text(source)
            for node in tree.body:
                if isinstance(node, _KEPT) and not _is_impossible(node):
                    found += _statement(number, node, text)
        except SyntaxError as error:
            notes.append(f"{cell.label} was left out: line {error.lineno or 1}: {error.msg}")
        except (ValueError, RecursionError, MemoryError):
            notes.append(f"{cell.label} was left out: it cannot be read as Python")
    return found, notes


def functions(statements: Iterable[Statement]) -> set[str]:
    """Names of all functions and classes that are defined."""
    return {name for statement in statements for name in statement.functions}


def needed(statements: list[Statement], names: Collection[str]) -> list[Statement]:
    """What gives `names` the values they have in the end, in order.

    A name that is needed leads back to the last statement that gave it a value, or to several,
    where these only changed it.
    """
    binders: dict[str, list[int]] = {}
    for i, statement in enumerate(statements):
        for name in statement.binds:
            binders.setdefault(name, []).append(i)
    kept = set(binders.get("*", ()))
    todo = [(name, len(statements)) for name in names]
    todo += [(name, i) for i in kept for name in statements[i].now]
    seen = set(todo)
    steps = 0
    while todo:
        name, before = todo.pop()
        places = binders.get(name, [])
        for k in range(bisect.bisect_left(places, before) - 1, -1, -1):
            i = places[k]
            statement = statements[i]
            wants = {(n, i) for n in statement.now} | {(n, before) for n in statement.later}
            todo += wants - seen
            seen |= wants
            kept.add(i)
            steps += 1 + len(wants)
            if steps > _STEPS:
                return statements
            if name in statement.whole:
                break
    return [statements[i] for i in sorted(kept)]


# --- reading one statement ------------------------------------------------------------------------


def _parsed(source: str) -> tuple[str, ast.Module]:
    try:
        return source, ast.parse(source)
    except SyntaxError:
        plain = without_magics(source)
        if plain is None:
            return "", ast.Module([], [])
        return plain, ast.parse(plain)


def _statement(cell: int, node: ast.stmt, source: Text) -> Iterator[Statement]:
    """One statement; none where it is an import of this package's own notebook part."""
    line, text = first_line(node), source.segment(node)
    if isinstance(node, _IMPORTS):
        left = _without_ours(node)
        if left is None:
            return
        text = text if left is node else ast.unparse(left)
        node = left
    names = _Names(text)
    changed = {_base(part) for part in _at_once(node)} - {""}
    binds = names.bound | changed
    if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
        binds.add("*")  # whatever it is: it may be needed
    whole: set[str] = set()
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or (
        isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
    ):
        whole = binds - changed - names.now
    yield Statement(
        cell,
        line,
        text,
        frozenset(binds),
        frozenset(whole),
        frozenset(names.now | changed),
        frozenset(names.later),
        frozenset(_defined(node)),
    )


def _without_ours(node: ast.stmt) -> ast.stmt | None:
    """An import without `grader.notebook`; None where nothing is left."""
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        left = [a for a in node.names if not _is_ours(f"{module}.{a.name}")]
        if node.level or _is_ours(module) or not left:
            return None  # a notebook is in no package
        return node if len(left) == len(node.names) else ast.ImportFrom(module, left, 0)
    assert isinstance(node, ast.Import)
    left = [a for a in node.names if not _is_ours(a.name)]
    if len(left) == len(node.names):
        return node
    return ast.Import(left) if left else None


def _is_ours(module: str) -> bool:
    return module == _OURS or module.startswith(f"{_OURS}.")


class _Names:
    """Names that a statement binds, needs now, and needs when its functions are called."""

    def __init__(self, text: str) -> None:
        self.bound: set[str] = set()
        self.now: set[str] = set()
        self.later: set[str] = set()
        table = symtable.symtable(text, "cell", "exec")
        self.bound = {s.get_name() for s in table.get_symbols() if _is_bound(s)}
        self._read(table, is_later=False)

    def _read(self, table: symtable.SymbolTable, is_later: bool) -> None:
        is_module = table.get_type() == "module"
        needs = self.later if is_later else self.now
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (is_module or symbol.is_global()):
                needs.add(symbol.get_name())
        for child in table.get_children():
            runs_later = child.get_type() == "function" and child.get_name() not in _AT_ONCE
            self._read(child, is_later or runs_later)


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _at_once(node: ast.AST) -> Iterator[ast.AST]:
    """All parts of a statement that run where it stands: no function's and no class's body."""
    todo = [node]
    while todo:
        part = todo.pop()
        yield part
        if not isinstance(part, (*_FUNCTIONS, ast.ClassDef)):
            todo += ast.iter_child_nodes(part)


def _is_impossible(node: ast.stmt) -> bool:
    """Whether it can stand in a cell, but not in a module."""
    return any(
        isinstance(part, _ONLY_IN_FUNCTIONS)
        or (isinstance(part, ast.comprehension) and bool(part.is_async))
        for part in _at_once(node)
    )


def _base(part: ast.AST) -> str:
    """`W` of `W[0] = …`, `W.x = …` and `del W[0]`: changed, not bound."""
    if not isinstance(part, ast.Subscript | ast.Attribute) or isinstance(part.ctx, ast.Load):
        return ""
    base: ast.AST = part
    while isinstance(base, ast.Subscript | ast.Attribute):
        base = base.value
    return base.id if isinstance(base, ast.Name) else ""


def _defined(node: ast.stmt) -> Iterator[str]:
    """Names of functions and classes, also those in blocks and those that are assigned."""
    for part in _at_once(node):
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield part.name
        elif isinstance(part, ast.Assign | ast.AnnAssign) and _is_function(part.value):
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_function(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        maker = value.func
        name = getattr(maker, "attr", getattr(maker, "id", ""))
        return name in _MAKERS
    return isinstance(value, ast.Lambda)
