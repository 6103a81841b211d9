"""What is defined in the notebook that is running, as texts of modules.

The texts come from IPython's history of the cells that were run in this session, in the order in
which they were run; what came last counts. A function is taken if it is still there, in the version
that is there, and with it the imports, helpers and constants that it needs.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from grader.course.outline import Course
from grader.errors import UsageError
from grader.handin.cells.definitions import Statement, read_statements
from grader.handin.cells.file import Cell
from grader.handin.cells.module import module_text
from grader.handin.folder import FILE_LIMIT
from grader.handin.matching import public_names
from grader.handin.submission import Submission

__all__ = ["helpers", "is_running", "modules", "shell"]

_IMPORTED = re.compile(r"^[ \t]*(?:from|import)[ \t]+(\w+)", re.MULTILINE)
#: Modules beside the notebook that may come along: far more than an exercise has, and few enough
#: that a folder full of other work is not handed in by one import too many.
_HELPERS = 20


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


def modules(course: Course, shell: Any) -> dict[str, str]:
    """The text of a module for each exercise that has a function here, in course order."""
    history = enumerate(shell.history_manager.input_hist_raw)
    cells = [Cell(f"In [{number}]", text) for number, text in history if text.strip()]
    statements, _ = read_statements(cells)
    statements = _current(statements, shell.user_ns)
    bound = {name for statement in statements for name in statement.binds}
    found: dict[str, str] = {}
    for exercise in course.exercises:
        names = {n for n in public_names(course, exercise) & bound if _is_here(n, shell.user_ns)}
        text = module_text(cells, statements, names) if names else ""
        if len(text) > FILE_LIMIT:
            raise UsageError(
                f"What {exercise.id} needs is larger than {FILE_LIMIT >> 10} KiB: restart the "
                "kernel and run only its cells."
            )
        if text:
            found[exercise.id] = text
    return found


def helpers(texts: Iterable[str], folder: Path, known: set[str]) -> dict[str, str]:
    """The modules beside the notebook that its functions import, and those that these import.

    Args:
        known: names of files that are there already.
    """
    found: dict[str, str] = {}
    todo = list(texts)
    while todo and len(found) < _HELPERS:
        for name in _IMPORTED.findall(todo.pop()):
            file = f"{name}.py"
            if file not in known and file not in found and (folder / file).is_file():
                found |= Submission.from_path(folder / file, own=True).sources
                todo.append(found[file])
    return found


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
