"""The assignment as a notebook, for the graders that mark notebooks.

An exercise is a cell for the student, which holds the module as it was handed in, and after it
come its tests: the hidden suite's own text. So each test runs before a later exercise can define a
helper of the same name once more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader import Course
from grader.course.outline import Exercise

__all__ = ["call_of", "code", "notebook", "write"]

Cell = dict[str, Any]


def code(source: str, name: str, **metadata: Any) -> Cell:
    """One cell of code."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def notebook(cells: Sequence[Cell]) -> dict[str, Any]:
    """A notebook of nbformat 4.5 for the kernel "python3"."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": list(cells),
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def write(path: Path, cells: Sequence[Cell]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook(cells), indent=1), "utf-8")


def call_of(course: Course, exercise: Exercise, test: str) -> str:
    """The line that runs a test in the notebook."""
    return f"attempt({test}, {exercise.id!r}, {course.title!r})"
