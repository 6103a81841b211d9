"""Which modules keep nothing from one call to the next, whatever they are asked.

What such a module answers does not depend on what it was asked before, so it may be asked more than
a test will. As with plain modules (`plain.py`), of which these are some, what is still is a short
list of what may stand at the top of a file: functions, imports, and numbers and texts with names.
Nothing there can be changed, and no function is made anew or wrapped, so there is no place in which
a call could leave something.

Nor do they see what libraries keep: memory that was used before and is handed out as it is, the
types that `typing` has made. And to load them says nothing: it may be done once more, in another
worker.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence

from grader.sandbox.worker.scopes import is_main_guard
from grader.sandbox.worker.texts import Texts, Unread, walk

__all__ = ["is_still"]


#: Where it is what Python makes it, nothing runs that is only for a program.
_NAME = "__name__"
#: What binds a name of the module's from inside of something else.
_REFUSED = frozenset((ast.Global, ast.NamedExpr))
#: Functions that hand out memory as it is, and types that do when they are called.
_RAW = frozenset(("empty", "empty_like", "new_empty"))
_RAW_TYPES = frozenset(("ndarray", "Tensor", "DoubleTensor", "FloatTensor", "LongTensor"))
#: What is made of types here is made once, and found again by whoever asks for something equal.
_TYPING = frozenset(("collections.abc", "numpy.typing", "typing"))
#: What an annotation is made of, where nothing is called.
_NAMING = (ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.BinOp, ast.Constant)
_IMPORTS = (ast.Import, ast.ImportFrom)
#: Where a type may be named.
_TYPED = frozenset((ast.arg, ast.AnnAssign, ast.FunctionDef, ast.Call))
#: What may name something that hands out what was there before: see `_is_kept`.
_HANDING_OUT = frozenset((ast.Attribute, ast.Name, ast.Call, ast.Constant))


def is_still(module: str, texts: Texts) -> bool:
    """Whether a plain module keeps nothing; what it imports of the submission, it may not."""
    try:
        tree = texts.tree(module)
        nodes = texts.nodes(module)
    except (Unread, RecursionError, MemoryError):
        return False
    return (
        tree is not None
        and all(_keeps_nothing(statement) for statement in tree.body)
        and _REFUSED.isdisjoint(map(type, nodes))
        and all(_is_of_a_library(node, texts) for node in _imports(nodes))
        and _sees_nothing(nodes)
    )


def _imports(nodes: Iterable[ast.AST]) -> list[ast.Import | ast.ImportFrom]:
    """The imports among the nodes of a parsed text."""
    return [node for node in nodes if isinstance(node, _IMPORTS)]


def _is_of_a_library(node: ast.Import | ast.ImportFrom, texts: Texts) -> bool:
    """Whether it imports nothing of the submission."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "") not in texts.sources
    return all(alias.name not in texts.sources for alias in node.names)


def _sees_nothing(nodes: Sequence[ast.AST]) -> bool:
    """Whether it comes to see nothing that a library keeps."""
    imports = _imports(nodes)
    typing: set[str] = set()
    for node in imports:
        known = node.module if isinstance(node, ast.ImportFrom) else None
        for alias in node.names:
            if alias.name in _RAW or (alias.name in _RAW_TYPES and alias.asname):
                return False
            if (known or alias.name) in _TYPING or f"{known}.{alias.name}" in _TYPING:
                typing.add(alias.asname or alias.name.partition(".")[0])
    named = {id(node) for root in _types_in(nodes) for node in walk(root)}
    asked = [node for node in nodes if type(node) in _HANDING_OUT and id(node) not in named]
    return not any(_is_kept(node, typing) for node in asked)


def _types_in(nodes: Iterable[ast.AST]) -> Iterator[ast.expr]:
    """Where types are named and nothing is made of them: annotations, `isinstance`."""
    for node in [node for node in nodes if type(node) in _TYPED]:
        named: ast.expr | None = None
        if isinstance(node, (ast.arg, ast.AnnAssign)):
            named = node.annotation
        elif isinstance(node, ast.FunctionDef):
            named = node.returns
        elif isinstance(node, ast.Call) and len(node.args) == 2:
            is_asked = isinstance(node.func, ast.Name) and node.func.id == "isinstance"
            named = node.args[1] if is_asked else None
        if named is not None and _is_type(named):
            yield named


def _is_type(value: ast.expr) -> bool:
    """Whether it only names types: nothing is called."""
    return all(isinstance(each, _NAMING) for each in walk(value))


def _is_kept(node: ast.AST, typing: Collection[str]) -> bool:
    """Whether it names what hands out something that was there before."""
    if isinstance(node, ast.Attribute):
        return node.attr in _RAW or node.attr in _RAW_TYPES
    if isinstance(node, ast.Name):
        return node.id in _RAW_TYPES or node.id in typing
    if isinstance(node, ast.Call):  # what `where` leaves out stays as it is
        keys = {keyword.arg for keyword in node.keywords}
        return None in keys or ("where" in keys and "out" not in keys)
    return isinstance(node, ast.Constant) and node.value == "empty"  # of `numpy.pad`


def _keeps_nothing(statement: ast.stmt) -> bool:
    """Whether a statement at the top of a file makes nothing that could be changed later."""
    if isinstance(statement, ast.FunctionDef):
        defaults = [*statement.args.defaults, *filter(None, statement.args.kw_defaults)]
        parts = walk(statement.args)
        types = [statement.returns, *[n.annotation for n in parts if isinstance(n, ast.arg)]]
        is_quiet = all(map(_is_type, filter(None, types)))
        return is_quiet and not statement.decorator_list and _are_fixed(defaults)
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return True  # of a library, and under no name of Python's own
    if isinstance(statement, ast.Assign):
        return _are_names(statement.targets) and _are_fixed([statement.value])
    if isinstance(statement, ast.AnnAssign):
        is_named = _are_names([statement.target]) and _is_type(statement.annotation)
        return is_named and _are_fixed(filter(None, [statement.value]))
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    is_skipped = isinstance(statement, ast.If) and is_main_guard(statement) and not statement.orelse
    return isinstance(statement, ast.Pass) or is_skipped


def _are_names(targets: Iterable[ast.expr]) -> bool:
    return all(isinstance(target, ast.Name) and target.id != _NAME for target in targets)


def _are_fixed(values: Iterable[ast.expr]) -> bool:
    """Whether these are numbers, texts and tuples of them, written down or taken from a library."""
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, ast.UnaryOp):
            waiting.append(value.operand)
        elif isinstance(value, ast.BinOp):
            waiting += [value.left, value.right]
        elif isinstance(value, ast.Tuple):
            waiting += value.elts
        elif isinstance(value, ast.Attribute):
            waiting.append(value.value)
        elif not isinstance(value, ast.Constant | ast.Name):
            return False
    return True
