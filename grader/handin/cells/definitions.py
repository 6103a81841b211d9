"""What the cells of a notebook define, statement by statement, and what each of it needs.

Texts are parsed here and never compiled: on some Pythons a text can crash the compiler, not the
parser.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator

import msgspec

from grader.course.text import Text, first_line, plain_lines
from grader.handin.cells.effects import (
    RANDOM,
    Changes,
    Shared,
    at_once,
    base,
    changes,
)
from grader.handin.cells.file import Cell
from grader.handin.cells.magics import without_magics
from grader.handin.cells.makers import FUNCTIONS, MAKERS, makes_functions, returned
from grader.handin.cells.pasted import without_prompts
from grader.handin.cells.scopes import BY_TEXT, Names, quoted
from grader.handin.newer import newer_syntax
from grader.handin.text import encodable

__all__ = ["Statement", "functions", "read_statements"]

_IMPORTS = (ast.Import, ast.ImportFrom)
#: What can stand at the left margin of a cell, and not of a module.
_AWAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith)
_WHY_AWAIT = "`await` outside of a function is not possible where this is graded"
_WHY_COMMAND = "what a command of IPython's gives is not there where this is graded"
#: Libraries whose functions are not handed in by importing them.
_LIBRARIES = sys.stdlib_module_names | {"numpy", "torch", "scipy", "matplotlib", "pandas", "jax"}
_MAIN = re.compile(r"""__name__[ ]*==[ ]*(['"])__main__\1""")
_OURS = "grader.notebook"
#: Names that all statements together may change; no honest notebook comes near it.
_ROOM = 100_000


class Statement(msgspec.Struct, frozen=True):
    """One statement of a cell's outermost level.

    Args:
        cell: which cell it is in, counted from 0.
        line: the line of the cell on which it begins, counted from 1.
        text: the statement, without what stands beside it on its lines.
        binds: names that it gives a value or changes; "*" for one that changes everything.
        whole: those whose value no longer depends on what they were.
        now: names that it needs when it is run.
        later: names that its functions need when they are called.
        functions: names of functions and classes that it defines.
        leaves: names that its functions change when they are called; `(0)` is what they are
            called with first, `(W)` what they are called with by this name, `(*)` any of it.
        given: what its calls are given, as in `Changes`.
        left_out: why it cannot be part of a module, or "".
    """

    cell: int
    line: int
    text: str
    binds: frozenset[str]
    whole: frozenset[str]
    now: frozenset[str]
    later: frozenset[str]
    functions: frozenset[str]
    leaves: frozenset[str] = frozenset()
    given: dict[str, frozenset[str]] = {}
    left_out: str = ""


def read_statements(
    cells: Iterable[Cell], most: int | None = None
) -> tuple[list[Statement], list[str]]:
    """The statements of all cells, and a sentence for each cell left out.

    Args:
        most: so many statements are read, for cells by somebody else.
    """
    found: list[Statement] = []
    notes: list[str] = []
    reader = _Reader()
    for number, cell in enumerate(cells):
        source = encodable(plain_lines(cell.source))
        try:
            source, tree = _parsed(source)
            if most is not None and len(found) + len(tree.body) > most:
                notes.append(f"{cell.label} was left out: too many statements")
                continue
            whole = Text(source)
            for node in tree.body:
                _check(node)
            found += [s for node in tree.body for s in reader.statement(number, node, whole)]
        except SyntaxError as error:
            line = error.lineno or 1
            text = "".join(plain_lines(cell.source).split("\n")[line - 1 : line])
            why = f"{error.msg}{newer_syntax(text)}"
            notes.append(f"{cell.label} was left out: line {line}: {why}")
        except (ValueError, RecursionError, MemoryError):
            notes.append(f"{cell.label} was left out: it cannot be read as Python")
    return found, notes


def functions(statements: Iterable[Statement]) -> set[str]:
    """Names of all functions and classes that are defined."""
    return {name for statement in statements for name in statement.functions}


# --- reading one cell -----------------------------------------------------------------------------


def _parsed(source: str) -> tuple[str, ast.Module]:
    """A cell's text as Python, and what it says.

    Raises:
        SyntaxError: it is no Python; that of the text as IPython would read it.
    """
    plain, asked = without_prompts(source)
    try:
        return plain, ast.parse(plain)
    except SyntaxError:
        bare = without_magics(plain)
        if bare is None:
            return "", ast.Module([], [])
        try:
            return bare, ast.parse(bare)
        except SyntaxError:
            bare = without_magics(asked) if asked else None
            if bare is None:
                raise
            return bare, ast.parse(bare)


def _check(node: ast.stmt) -> None:
    """Refuse what is parsed and cannot be compiled: then nothing of its cell is run.

    Raises:
        SyntaxError: it cannot.
    """
    todo: list[tuple[ast.AST, bool]] = [(node, False)]
    while todo:
        part, is_loop = todo.pop()
        if isinstance(part, (*FUNCTIONS, ast.ClassDef)):
            continue
        told = ""
        if isinstance(part, ast.Return):
            told = "'return' outside function"
        elif isinstance(part, ast.Break | ast.Continue) and not is_loop:
            told = f"'{type(part).__name__.lower()}' outside loop"
        if told:
            raise SyntaxError(told, ("", getattr(part, "lineno", 1), 0, ""))
        is_loop = is_loop or isinstance(part, ast.For | ast.AsyncFor | ast.While)
        todo += [(inner, is_loop) for inner in ast.iter_child_nodes(part)]


class _Reader:
    """Reads statements one after another, and knows what those above have said."""

    def __init__(self) -> None:
        self._libraries: set[str] = set()
        self._makers: set[str] = set()
        self._functions: set[str] = set()
        self._leaves: dict[str, set[str]] = {}
        self._shared = Shared()
        self._room = _ROOM

    def statement(self, cell: int, node: ast.stmt, source: Text) -> Iterator[Statement]:
        """One statement; none where it is an import of this package's own notebook part."""
        line, text = first_line(node), source.segment(node)
        if isinstance(node, _IMPORTS):
            left = _without_ours(node)
            if left is None:
                return
            text = text if left is node else ast.unparse(left)
            node = left
        elif isinstance(node, ast.If) and _MAIN.fullmatch(ast.unparse(node.test)):
            text = _MAIN.sub("True", text, count=1)  # in a notebook it is
        parts = list(at_once(node))
        left_out = _why_left_out(parts)
        names = Names(text, parts if left_out else None)
        changed = self._changed(parts, names)
        binds = (names.bound - _caught(parts)) | changed.names
        whole = self._whole(node, binds - changed.names - names.now)
        self._shared.read(parts, self._libraries, whole)
        self._follow(changed)
        if self._room > 0:
            found = self._shared.all_of(changed.names)
            changed.names = {n for n in found if n.isidentifier() or n == RANDOM}
            self._room -= len(changed.names)
        binds |= changed.names
        if changed.always or (isinstance(node, ast.ImportFrom) and node.names[0].name == "*"):
            binds.add("*")  # whatever it is: it may be needed
        defined = frozenset(self._defined(parts))
        self._libraries = (self._libraries - whole) | _imported(node)
        self._functions = (self._functions - whole) | defined
        leaves, makes = self._left_behind(parts, names)
        self._makers = (self._makers - whole) | (defined if makes else frozenset())
        if self._keeps_state(parts):
            leaves |= defined
        for name in names.later & self._leaves.keys():
            leaves |= {left for left in self._leaves[name] if not left.startswith("(")}
        self._leaves |= dict.fromkeys(defined, leaves)
        for part in parts:
            if isinstance(part, ast.FunctionDef):
                self._shared.link(f"{part.name}()", returned(part, self._libraries) & names.later)
        yield Statement(
            cell,
            line,
            text,
            frozenset(binds),
            frozenset(whole),
            frozenset(names.now | changed.names),
            frozenset(names.later),
            defined,
            frozenset(leaves),
            {name: frozenset(given) for name, given in changed.given.items()},
            left_out,
        )

    def _follow(self, changed: Changes) -> None:
        """Add what the functions that a statement calls change, as far as they stand above it."""
        for call, given in changed.given.items():
            name, _, place = call.partition("(")
            left = self._leaves.get(name, set())
            if f"({place}" in left or "(*)" in left:
                changed.names |= given
        if self._room <= 0:
            return
        for name in self._shared.all_of(changed.called) & self._leaves.keys():
            left = {n for n in self._leaves[name] if not n.startswith("(")}
            if left and name in changed.called:  # it counts unless it is asked for
                changed.given[f"{name}()"] = self._shared.all_of(left)
                self._room -= len(changed.given[f"{name}()"])
            elif left:
                changed.names |= left

    def _changed(self, parts: list[ast.AST], names: Names) -> Changes:
        found = changes(parts, self._libraries)
        if names.now & BY_TEXT:
            found.names |= quoted(parts)
        return found

    def _whole(self, node: ast.stmt, names: set[str]) -> set[str]:
        """Which of some names have a value of their own after a statement."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or (
            isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        ):
            return names
        return set()

    def _defined(self, parts: list[ast.AST]) -> Iterator[str]:
        """Names of functions and classes, also those in blocks and those that are assigned."""
        for part in parts:
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield part.name
            elif isinstance(part, ast.ImportFrom):
                if (part.module or "").partition(".")[0] not in _LIBRARIES:
                    yield from (alias.asname or alias.name for alias in part.names)
            elif isinstance(part, ast.Assign | ast.AnnAssign | ast.NamedExpr):
                targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                for target in targets:
                    yield from self._made(target, part.value)

    def _made(self, target: ast.expr, value: ast.expr | None) -> Iterator[str]:
        """Those names in a target that a value makes a function."""
        if isinstance(target, ast.Name):
            if self._is_function(value):
                yield target.id
        elif isinstance(target, ast.Tuple | ast.List):
            values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
            pairs = values if len(values) == len(target.elts) else [value] * len(target.elts)
            for inner, each in zip(target.elts, pairs, strict=True):
                yield from self._made(inner, each)

    def _is_function(self, value: ast.expr | None) -> bool:
        if isinstance(value, ast.IfExp):
            return self._is_function(value.body) or self._is_function(value.orelse)
        if isinstance(value, ast.Name):
            return value.id in self._functions
        if isinstance(value, ast.Attribute):
            return base(value) in self._libraries
        if isinstance(value, ast.Call):
            maker: ast.expr = value.func
            while isinstance(maker, ast.Call):
                maker = maker.func
            name = getattr(maker, "attr", getattr(maker, "id", ""))
            return name in MAKERS or (isinstance(maker, ast.Name) and name in self._makers)
        return isinstance(value, ast.Lambda)

    def _left_behind(self, parts: list[ast.AST], names: Names) -> tuple[set[str], bool]:
        """What the functions of a statement change, and whether their answers are functions."""
        leaves = set(names.assigned_later)
        makes = False
        for node in parts:
            if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                continue
            below = list(ast.walk(node))
            makes |= makes_functions(node, below)
            changed = changes(below, self._libraries)
            for call, given in changed.given.items():
                name, _, place = call.partition("(")
                if f"({place}" in self._leaves.get(name, ()):
                    changed.names |= given
            shared = Shared()
            shared.read(below, self._libraries, ())
            everything = shared.all_of(changed.names)
            leaves |= everything & (names.later | {RANDOM})
            if not isinstance(node, ast.ClassDef):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                for position, argument in enumerate(arguments):
                    if argument.arg in everything:
                        leaves |= {f"({position})", f"({argument.arg})"}
                rest = {a.arg for a in (node.args.vararg, node.args.kwarg) if a is not None}
                leaves |= {"(*)"} if rest & everything else set()
        return leaves, makes

    def _keeps_state(self, parts: list[ast.AST]) -> bool:
        """Whether a statement's functions may have changed themselves after a call.

        They are made by a function of the notebook, or have a default that can be changed.
        """
        for part in parts:
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                defaults = [*part.args.defaults, *part.args.kw_defaults]
                if any(isinstance(d, ast.List | ast.Dict | ast.Set | ast.Call) for d in defaults):
                    return True
                if any(base(decorator) in self._makers for decorator in part.decorator_list):
                    return True
            elif isinstance(part, ast.Call) and base(part.func) in self._makers:
                return True
        return False


def _caught(parts: list[ast.AST]) -> set[str]:
    """Names that exceptions have for a moment only: no trial should take a function's name away."""
    caught = {part.name for part in parts if isinstance(part, ast.ExceptHandler) and part.name}
    stored = {p.id for p in parts if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store)}
    return caught - stored


def _why_left_out(parts: list[ast.AST]) -> str:
    """Why a statement can stand in a cell and in no module, or ""."""
    for part in parts:
        if isinstance(part, ast.Yield | ast.YieldFrom):
            return _WHY_COMMAND
        if isinstance(part, _AWAITS) or (isinstance(part, ast.comprehension) and part.is_async):
            return _WHY_AWAIT
    return ""


def _imported(node: ast.stmt) -> set[str]:
    if not isinstance(node, _IMPORTS):
        return set()
    return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}


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
