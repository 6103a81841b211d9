"""Which functions of a submission reach a name that an exercise forbids, as its texts say.

Read are all modules that the exercise's own imports, and theirs. A scope is a top-level function,
class or assigned name; "" is all other code of a module, which every function depends on. A scope
is reached if it uses a forbidden name, or another scope that is.

What only looks like it costs nothing: a method or a field of the submission's own that has the
name of a forbidden method is told apart when it runs (`grader.sandbox.worker.guards`), and a check
at the bottom of a file may compare with the library.

Each step takes time in proportion to the texts.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from grader.sandbox.worker.reading import ALL, Hit, Place, Reading, may_be_checked
from grader.sandbox.worker.scopes import Scope
from grader.sandbox.worker.texts import Texts, walk
from grader.sandbox.worker.wanted import Wanted, ambiguous

__all__ = ["outside", "own_names", "reached"]

#: Code that a module only defines when it is loaded.
_LATER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def reached(texts: Texts, module: str, forbidden: Sequence[str]) -> dict[str, Hit]:
    """The scopes of a module that reach one of the forbidden names, with where it stands.

    Raises:
        Unread: one of the texts is nested too deeply.
    """
    wanted = Wanted(forbidden)
    readings = _readings(texts, module, wanted)
    found: dict[Place, Hit] = {}
    users: dict[Place, set[Place]] = {}
    checks: dict[Place, set[Place]] = {}
    for name, reading in readings.items():
        for each in reading.names:
            users.setdefault((name, each), set()).add((name, ALL))
        for alias, hit, source in reading.handed_on():
            if hit is not None:
                found.setdefault((name, alias), hit)
            if source is not None:
                users.setdefault(source, set()).add((name, alias))
        for scope in reading.scopes:
            here = name, scope.name
            hit = reading.first_use(scope)
            if hit is not None and (here not in found or hit.line < found[here].line):
                found[here] = hit
            for stored in reading.stores(scope):
                users.setdefault(here, set()).add((name, stored))
            for used, is_check in reading.uses(scope):
                (checks if is_check else users).setdefault(used, set()).add(here)
    _through_stars(readings, users, [*users, *checks])
    spreading = list(found)
    for used in spreading:  # grows as it goes: each scope spreads once
        hit = found[used]
        more = set() if may_be_checked(hit.name) else checks.get(used, set())
        for here in sorted(users.get(used, set()) | more):
            if here not in found:
                found[here] = hit
                spreading.append(here)
    return {scope: hit for (name, scope), hit in found.items() if name == module and scope != ALL}


def _through_stars(
    readings: dict[str, Reading], users: dict[Place, set[Place]], used: list[Place]
) -> None:
    """Add where names come from that a module has only by `from … import *`."""
    names = {name: set(reading.names) for name, reading in readings.items()}
    seen = set(used)
    for module, name in used:  # grows as it goes
        if module in readings and name and name not in names[module]:
            for star in readings[module].stars:
                users.setdefault((star, name), set()).add((module, name))
                if (star, name) not in seen:
                    seen.add((star, name))
                    used.append((star, name))


def outside(text: str | ast.AST, forbidden: Sequence[str], at_once: bool = False) -> Hit | None:
    """A use of a forbidden name in a text that is run in the middle of a call, checks included.

    Args:
        text: it, or its tree.
        at_once: look only at what runs when it is loaded, not into its functions.

    Raises:
        Unread: it is nested too deeply.
    """
    if isinstance(text, ast.AST):
        body: list[Any] = [text]
        tree: ast.Module | None = ast.Module(body, [])
    else:
        tree = Texts({"": text}).tree("")
    if tree is None:
        return None
    reading = Reading("", tree, list(walk(tree)), Wanted(forbidden), frozenset())
    if not at_once:
        return reading.first_use(Scope("", [tree]))
    roots = [root for scope in reading.scopes for root in scope.roots]
    return reading.first_use(Scope("", [r for r in roots if not isinstance(r, _LATER)]))


def own_names(texts: Texts, module: str, forbidden: Sequence[str]) -> frozenset[str]:
    """Names of forbidden methods that a module, or one that it imports, has for its own, too.

    Raises:
        Unread: one of the texts is nested too deeply.
    """
    wanted = Wanted(forbidden)
    _readings(texts, module, wanted)
    return wanted.own


def _readings(texts: Texts, module: str, wanted: Wanted) -> dict[str, Reading]:
    """A module and those of the submission that it imports, and theirs."""
    modules = frozenset(texts.sources)
    readings: dict[str, Reading] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        tree = texts.tree(name) if name in modules and name not in readings else None
        if tree is not None:
            readings[name] = Reading(name, tree, texts.nodes(name), wanted, modules)
            waiting += readings[name].imported
    wanted.own = ambiguous(map(texts.nodes, readings), wanted)
    return readings
