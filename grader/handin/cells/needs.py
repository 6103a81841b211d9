"""Which statements of a notebook an exercise's functions need.

A notebook is a diary: between the definitions there are trials, plots and cells that fail. Only
what the functions need, when they are defined or called, becomes part of a module; of that,
everything, or another program than the student's would be graded.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterator

from grader.handin.cells.definitions import Statement

__all__ = ["needed"]

#: Work after which nothing is sorted out any more, and all definitions are kept: no honest
#: notebook gets there.
_STEPS = 60_000
_BRINGS = ("import ", "from ")
_NONE: frozenset[str] = frozenset()


def needed(statements: list[Statement], names: Collection[str]) -> list[Statement]:
    """What gives `names` the values they have in the end, in order.

    A name that is needed leads back to the last statement that gave it a value, or to several,
    where these only changed it. What calls of `names` themselves leave behind (a counter, a cache)
    is no part of it: these calls are trials.
    """
    traced = _Traced(statements, names)
    kept = set(traced.binders.get("*", ()))
    todo = [(name, len(statements), len(statements)) for name in names]
    todo += [(name, i, i) for i in kept for name in traced.now(i)]
    seen = set(todo)
    steps = traced.steps
    while todo:
        name, before, until = todo.pop()
        places = traced.binders.get(name, [])
        for k in range(bisect.bisect_left(places, before) - 1, -1, -1):
            i = places[k]
            statement = statements[i]
            # A value may hold functions, which are called later than it was made.
            wants = {(n, i, until) for n in traced.now(i)}
            wants |= {(n, before, until) for n in statement.later}
            if until > before:
                functions = (n for n in statement.later if traced.is_function(n, until))
                wants |= {(n, until, until) for n in functions}
            todo += wants - seen
            seen |= wants
            kept.add(i)
            steps += 1 + len(wants)
            if steps > _STEPS:
                return [
                    s for s in statements if s.whole or s.functions or s.text.startswith(_BRINGS)
                ]
            if name in statement.whole:
                break
    return [statements[i] for i in sorted(kept)]


class _Traced:
    """Where each name gets its values, calls that change something included."""

    def __init__(self, statements: list[Statement], roots: Collection[str]) -> None:
        self._statements = statements
        self._more: dict[int, frozenset[str]] = {}
        self._left: dict[str, frozenset[str]] = {}
        self.steps = 0
        self.binders: dict[str, list[int]] = {}
        for i, changed in enumerate(self._left_behind(frozenset(roots))):
            statement = statements[i]
            if changed - statement.binds:
                self._more[i] = changed
            for name in statement.binds | changed:
                self.binders.setdefault(name, []).append(i)

    def now(self, i: int) -> frozenset[str]:
        """Names that a statement needs when it is run."""
        more = self._more.get(i)
        return self._statements[i].now | more if more else self._statements[i].now

    def is_function(self, name: str, before: int) -> bool:
        """Whether what a name stands for then is a function that the notebook defines."""
        places = self.binders.get(name, [])
        k = bisect.bisect_left(places, before) - 1
        return k >= 0 and name in self._statements[places[k]].functions

    def _left_behind(self, roots: frozenset[str]) -> Iterator[frozenset[str]]:
        """For each statement, what the functions that it calls leave behind."""
        known: dict[str, Statement] = {}
        for statement in self._statements:
            found: set[str] = set()
            for name in statement.now:
                if name in known and name not in roots:
                    left = self._all_left(name, known)
                    found |= {n for n in left if not n.startswith("(")}
                    found |= statement.given.get(f"{name}()", _NONE)
                    for argument in left - found:
                        found |= statement.given.get(f"{name}{argument}", _NONE)
                    if "(*)" in left:
                        calls = (call for call in statement.given if call.startswith(f"{name}("))
                        found.update(*(statement.given[call] for call in calls))
            yield frozenset(found)
            if statement.functions:
                known |= dict.fromkeys(statement.functions, statement)
                self._left.clear()

    def _all_left(self, name: str, known: dict[str, Statement]) -> frozenset[str]:
        """What a function leaves behind, itself and through those that it calls."""
        if name in self._left:
            return self._left[name]
        seen, todo = {name}, [name]
        found: set[str] = set()
        while todo and self.steps < _STEPS:
            called = todo.pop()
            statement = known[called]
            found |= {n for n in statement.leaves if called == name or not n.startswith("(")}
            self.steps += 1 + len(statement.leaves) + len(statement.later)
            new = statement.later & known.keys() - seen
            seen |= new
            todo += new
        self._left[name] = frozenset(found)
        return self._left[name]
