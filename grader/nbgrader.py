"""The names that stand in an nbgrader_config.py; the code is in `grader.platforms.nbgrader`.

    from grader.nbgrader import configure

    c = get_config()
    configure(c, course="/srv/course/course.yaml")

nbgrader itself is loaded when the first of its parts is used: configuring needs none of it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.platforms.nbgrader.canvas_sheet import CanvasSheet as CanvasSheet
    from grader.platforms.nbgrader.configure import configure as configure
    from grader.platforms.nbgrader.grade import Grade as Grade
    from grader.platforms.nbgrader.late import Late as Late
    from grader.platforms.nbgrader.pages import markdown as markdown
    from grader.platforms.nbgrader.tidy import Tidy as Tidy

_HOMES = {
    "CanvasSheet": "grader.platforms.nbgrader.canvas_sheet",
    "Grade": "grader.platforms.nbgrader.grade",
    "Late": "grader.platforms.nbgrader.late",
    "Tidy": "grader.platforms.nbgrader.tidy",
    "configure": "grader.platforms.nbgrader.configure",
    "markdown": "grader.platforms.nbgrader.pages",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'grader.nbgrader' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
