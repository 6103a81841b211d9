"""What is defined in the notebook that is running, as texts of modules.

The texts come from IPython's history of the cells that were run in this session, in the order in
which they were run; what came last counts. A function is taken if it is still there, in the version
that is there, and with it the imports, helpers and constants that it needs.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import sys
import textwrap
from collections import Counter
from collections.abc import Mapping
from typing import Any

from grader.course.outline import Course
from grader.errors import UsageError
from grader.handin.cells.definitions import Statement, read_statements
from grader.handin.cells.file import Cell
from grader.handin.cells.module import Made
from grader.handin.cells.notebook import Notebook
from grader.handin.cells.sections import Sections
from grader.handin.matching import public_names
from grader.handin.read import FILE_LIMIT
from grader.notebook.ran import only_run

__all__ = ["is_running", "modules", "names_of", "shell"]


def shell() -> Any:
    """The running IPython.

    Raises:
        UsageError: there is none.
    """
    found = _shell()
    if found is None:
        raise UsageError(
            "check() grades what a notebook's cells define, and this is no notebook: call it in "
            "Jupyter. For modules there is the command `grade EXERCISE`."
        )
    return found


def is_running() -> bool:
    """Whether this is a notebook's kernel, or another IPython."""
    return _shell() is not None


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    found = ipython.get_ipython() if ipython is not None else None
    return found if getattr(found, "history_manager", None) is not None else None


def modules(course: Course, shell: Any, whole: bool = False) -> dict[str, Made]:
    """The module for each exercise that has a function here, in course order.

    Args:
        whole: all exercises are checked: of functions that several ask for by one name, the one
            counts that is each exercise's own, as in a notebook that is handed in.
    """
    history = enumerate(shell.history_manager.input_hist_raw)
    typed = {n: Cell(f"In [{n}]", text) for n, text in history if text.strip()}
    cells = list(typed.values())
    statements = only_run(read_statements(cells)[0], typed, shell)
    book = Notebook("", cells, _current(statements, shell.user_ns))
    asked = {exercise.id: public_names(course, exercise) for exercise in course.exercises}
    counts = Counter(name for names in asked.values() for name in names)
    shared = {name for name, count in counts.items() if count > 1} if whole else set()
    # `from helper import *`: whatever is here may have come from there.
    beside = {name for name in counts if "*" in book.functions}
    sections = Sections(course, book)
    found: dict[str, Made] = {}
    for exercise in course.exercises:
        ours = asked[exercise.id]
        names = {n for n in ours & (book.bound | beside) if _is_here(n, shell.user_ns)}
        if not names:
            continue
        reading = sections.readings(exercise, names, names & shared)[0]
        made = book.module(names, reading.without)
        if len(made.text) > FILE_LIMIT:
            raise UsageError(
                f"What {exercise.id} needs is larger than {FILE_LIMIT >> 10} KiB: restart the "
                "kernel and run only its cells."
            )
        if made.text:
            found[exercise.id] = made
    return found


def names_of(asked: object, course: Course, namespace: Mapping[str, Any]) -> list[str]:
    """The names of exercises that `check` was asked for by a name, or by a function.

    A function is known by the names that it has here, or by its own. Where several exercises ask
    for one of that name, those count that have most of their functions here.

    Raises:
        UsageError: it is something else.
    """
    if isinstance(asked, str):
        return [asked]
    own = str(getattr(asked, "__name__", ""))
    if inspect.ismodule(asked):
        raise UsageError(
            f"{own} is a module, and check() grades what cells define: `grade {own}` grades a "
            "module, and check takes its functions when they are imported by name."
        )
    if not callable(asked):
        raise UsageError(
            f"check() takes exercises by their names in quotes, or their functions; this is a "
            f"value of type {type(asked).__name__}."
        )
    names = [n for n, value in namespace.items() if value is asked and not n.startswith("_")]
    here = {e.id: public_names(course, e) for e in course.exercises}
    for known in ([own], names):
        found = {e: sum(map(namespace.__contains__, n)) for e, n in here.items() if n & {*known}}
        if found:
            return [e for e, count in found.items() if count == max(found.values())]
    every = sorted({name for asks in here.values() for name in asks})
    near = difflib.get_close_matches(own, every, 3, 0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"No exercise asks for {own or 'this function'}.{hint}")


def _is_here(name: str, namespace: Mapping[str, Any]) -> bool:
    return callable(namespace.get(name))


def _current(statements: list[Statement], namespace: Mapping[str, Any]) -> list[Statement]:
    """Without definitions that never came about, e.g. below the line at which their cell failed.

    A function knows its own text. Where one of its definitions has just that text, the later ones
    cannot have been run.
    """
    stale: set[int] = set()
    places: dict[str, list[int]] = {}
    for i, statement in enumerate(statements):
        for name in statement.functions & statement.whole:
            places.setdefault(name, []).append(i)
    for name, found in places.items():
        if len(found) < 2 and name in namespace:
            continue
        text = _text_of(namespace.get(name))
        same = [i for i in found if text and _alike(statements[i].text, text)]
        if same:
            stale.update(i for i in found if i > same[-1])
    return [s for i, s in enumerate(statements) if i not in stale]


def _text_of(value: object) -> str:
    if not inspect.isfunction(value):
        return ""
    try:
        return textwrap.dedent(inspect.getsource(value))
    except (OSError, TypeError, SyntaxError, IndexError):
        return ""


def _alike(one: str, other: str) -> bool:
    """Whether two texts are the same code; comments and spaces do not count."""
    if one == other:
        return True
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
