"""Which modules keep nothing from one call to the next, whatever they are asked.

What such a module answers does not depend on what it was asked before, so it may be asked more than
a test will. As with plain modules (`plain.py`), of which these are some, what is still is a short
list of what may stand at the top of a file: functions, imports, and numbers and texts with names.
Nothing there can be changed, and no function is made anew or wrapped, so there is no place in which
a call could leave something.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from grader.sandbox.worker.scopes import is_main_guard
from grader.sandbox.worker.texts import Texts, Unread

__all__ = ["is_still"]


#: Where it is what Python makes it, nothing runs that is only for a program.
_NAME = "__name__"
#: What binds a name of the module's from inside of something else.
_REFUSED = frozenset((ast.Global, ast.NamedExpr))


def is_still(module: str, texts: Texts) -> bool:
    """Whether a plain module keeps nothing; what it imports of the submission, it may not."""
    try:
        tree = texts.tree(module)
        nodes = texts.nodes(module)
    except (Unread, RecursionError, MemoryError):
        return False
    return (
        tree is not None
        and all(_keeps_nothing(statement, texts) for statement in tree.body)
        and not any(type(node) in _REFUSED for node in nodes)
    )


def _keeps_nothing(statement: ast.stmt, texts: Texts) -> bool:
    """Whether a statement at the top of a file makes nothing that could be changed later."""
    if isinstance(statement, ast.FunctionDef):
        defaults = [*statement.args.defaults, *filter(None, statement.args.kw_defaults)]
        is_wrapped = statement.decorator_list or statement.name == _NAME
        return not is_wrapped and _are_fixed(defaults)
    if isinstance(statement, ast.Import | ast.ImportFrom):
        modules = {alias.name for alias in statement.names}
        modules |= {statement.module or ""} if isinstance(statement, ast.ImportFrom) else set()
        is_own = not modules.isdisjoint(texts.sources)
        return not is_own and not any(alias.asname == _NAME for alias in statement.names)
    if isinstance(statement, ast.Assign):
        return _are_names(statement.targets) and _are_fixed([statement.value])
    if isinstance(statement, ast.AnnAssign):
        return _are_names([statement.target]) and _are_fixed(filter(None, [statement.value]))
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
