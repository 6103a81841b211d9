"""Modules in which attributes are asked for at a guard, where a text does not tell whose they are.

A class of the submission's own may have a method `norm`, or a setting a field of that name: what
`x.norm` takes shows when it runs. So the module's tree is changed before it is compiled: `x.norm`
becomes a question to `Guards.take`, and so does every `getattr`.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from typing import Any

from grader.sandbox.worker.texts import is_stored, walk

__all__ = ["TAKE", "checked"]

#: The name under which a changed module finds `Guards.take`.
TAKE = "__wxb_take__"


def checked(tree: ast.Module, names: Collection[str]) -> ast.Module:
    """Change a tree: these attributes, and what `getattr` gets, are asked for at the guard."""
    for node in reversed(list(walk(tree))):  # what is inside before what it is inside of
        for key, value in list(vars(node).items()):
            if isinstance(value, ast.AST):
                setattr(node, key, _asked(value, names))
            elif type(value) is list:
                value[:] = [_asked(v, names) if isinstance(v, ast.AST) else v for v in value]
    return tree


def _asked(node: Any, names: Collection[str]) -> ast.AST:
    if isinstance(node, ast.Name) and node.id == "getattr" and not is_stored(node):
        return ast.copy_location(ast.Name(TAKE, ast.Load()), node)
    if isinstance(node, ast.Attribute) and node.attr in names and not is_stored(node):
        name = ast.copy_location(ast.Name(TAKE, ast.Load()), node)
        attribute = ast.copy_location(ast.Constant(node.attr), node)
        return ast.copy_location(ast.Call(name, [node.value, attribute], []), node)
    found: ast.AST = node
    return found
