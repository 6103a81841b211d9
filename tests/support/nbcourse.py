"""An nbgrader course as `grade nbgrader build` lays it out, made through nbgrader's own API.

    gradebook.db                     assignments, cells, students
    submitted/ann/01_a/01_a.ipynb    and timestamp.txt

A lesson in a locked cell, then for each exercise a cell `code-EXERCISE` to write in and a locked
cell `wxb-EXERCISE` of two lines with the points.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from grader.course.outline import Course, Unit
from grader.platforms.nbgrader.there import CODE, MARK

#: What a student hands in: a solution for each exercise.
Answers = Mapping[str, str]
STUB = "def {name}(x):\n    raise NotImplementedError\n"


@contextmanager
def gradebook(place: Path | str) -> Iterator[Any]:
    """nbgrader's gradebook in a file, which it makes, or at a URL; its warnings are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from nbgrader import api

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(api, "get_alembic_version", _head)  # its own starts a process
            url = f"sqlite:///{place}" if isinstance(place, Path) else place
            book = api.Gradebook(url, "tiny")
        with book:
            yield book


@lru_cache(1)
def _head() -> str:
    """The version of tables that this nbgrader makes."""
    import nbgrader
    from alembic.script import ScriptDirectory

    folder = Path(nbgrader.__file__).parent / "alembic"
    return str(ScriptDirectory(str(folder)).get_current_head())


def cell(kind: str, source: str, **mark: Any) -> dict[str, Any]:
    """A cell of a notebook; `mark` is nbgrader's metadata."""
    metadata = {}
    if mark:
        flags = {"grade": False, "solution": False, "locked": False, "task": False}
        metadata["nbgrader"] = {"schema_version": 3, **flags, **mark}
    made: dict[str, Any] = {"cell_type": kind, "metadata": metadata, "source": source}
    return made if kind != "code" else {**made, "execution_count": None, "outputs": []}


def cells(unit: Unit, answers: Answers | None = None) -> list[dict[str, Any]]:
    """A notebook's cells, as handed in with some answers; by default stubs."""
    found = [cell("markdown", f"# {unit.title}\n\nIf $a<b$ …", grade_id="lesson-1", locked=True)]
    for exercise in unit.exercises:
        name = exercise.id
        text = (answers or {}).get(name, STUB.format(name=name))
        check = f'from grader.notebook import check\n\ncheck("{name}")'
        points = float(exercise.points)
        found.append(cell("code", text, grade_id=f"{CODE}{name}", solution=True))
        found.append(
            cell("code", check, grade_id=f"{MARK}{name}", grade=True, locked=True, points=points)
        )
    return found


def notebook(cells: Sequence[Mapping[str, Any]]) -> bytes:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    ).encode()


def generate(path: Path, course: Course, due: datetime | None = None) -> Path:
    """A gradebook.db after `nbgrader generate_assignment`."""
    fill(path, course, due)
    return path


def fill(place: Path | str, course: Course, due: datetime | None = None) -> None:
    """What `nbgrader generate_assignment` leaves in a gradebook, for all units."""
    with gradebook(place) as book:
        from nbformat import from_dict
        from nbgrader.utils import compute_checksum

        for unit in course.units:
            book.update_or_create_assignment(unit.id, duedate=due)
            kernel = '{"display_name": "Python 3", "language": "python", "name": "python3"}'
            book.update_or_create_notebook(unit.id, unit.id, kernelspec=kernel)
            for one in cells(unit):
                mark, where = one["metadata"]["nbgrader"], (unit.id, unit.id)
                node = from_dict(one)
                book.add_source_cell(
                    mark["grade_id"], *where, cell_type=one["cell_type"], source=one["source"],
                    locked=mark["locked"], checksum=compute_checksum(node),
                )  # fmt: skip
                if mark["grade"]:
                    book.add_grade_cell(
                        mark["grade_id"], *where, max_score=mark["points"], cell_type="code"
                    )
                if mark["solution"]:
                    book.add_solution_cell(mark["grade_id"], *where)


def submit(folder: Path, student: str, unit: Unit, data: bytes, at: datetime | None = None) -> Path:
    """One submission, as `nbgrader collect` leaves it."""
    place = folder / "submitted" / student / unit.id
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{unit.id}.ipynb").write_bytes(data)
    if at is not None:
        stamp = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        (place / "timestamp.txt").write_text(stamp, "utf-8")
    return place
