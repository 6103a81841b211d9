"""The names that stand in an nbgrader_config.py; the code is in `grader.platforms.nbgrader`.

    c.AssignLatePenalties.plugin_class = "grader.nbgrader.Late"
    c.Late.course = "/srv/course/course.yaml"

nbgrader itself is loaded when the first of its parts is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.platforms.nbgrader.canvas_sheet import CanvasSheet as CanvasSheet
    from grader.platforms.nbgrader.late import Late as Late

_HOMES = {
    "CanvasSheet": "grader.platforms.nbgrader.canvas_sheet",
    "Late": "grader.platforms.nbgrader.late",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'grader.nbgrader' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
