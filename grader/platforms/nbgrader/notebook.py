"""A unit as nbgrader's source notebook: its lesson, and for each exercise three cells.

Cells have the metadata of nbgrader's format 3 and ids that stay the same from one build to the
next: once somebody has handed in, nbgrader lets no cell come or go. The id of an autograder cell
says which exercise it marks; `Grade` reads it in the gradebook, where no student can write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.course.lesson import pieces, relinked
from grader.course.outline import Course, Exercise, Unit
from grader.course.text import read_source
from grader.errors import CourseError, Fault
from grader.platforms.nbgrader.solution import solution_cell
from grader.platforms.nbgrader.there import CODE, MARK
from grader.report.words import points

__all__ = ["unit_notebook"]

_SCHEMA = 3
_CHECK = "from grader.notebook import check\ncheck({name!r})"
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def unit_notebook(course: Course, unit: Unit, has: Callable[[str], bool]) -> str:
    """The source notebook of a unit, solutions included, as the text of its file.

    Args:
        has: whether a path of the course lies beside the notebook, too.

    Raises:
        CourseError: a solution or a lesson cannot be read, or no cell can be made of it.
    """
    cells = list(_cells(course, unit, has))
    for cell in cells:
        cell["id"] = cell.metadata.nbgrader.grade_id[:64]
    book = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    )
    text: str = nbformat.writes(book)
    return text + "\n"


def _cells(course: Course, unit: Unit, has: Callable[[str], bool]) -> Iterator[NotebookNode]:
    lesson = course.lesson(unit)
    text = read_source(lesson, course.root) if lesson.is_file() else f"# {unit.title}"
    exercises = {exercise.id: exercise for exercise in unit.exercises}
    for number, piece in enumerate(pieces(text, exercises), 1):
        if piece.text:
            yield _markdown(f"lesson-{number}", relinked(piece.text, unit.id, has))
        if piece.exercise is not None:
            yield from _exercise(course, exercises[piece.exercise])


def _exercise(course: Course, exercise: Exercise) -> Iterator[NotebookNode]:
    """Its title, the cell that is to be filled, and the one that its points belong to."""
    worth = f"{points(exercise.points)} {'point' if exercise.points == 1 else 'points'}"
    yield _markdown(f"title-{exercise.id}", f"### {exercise.id}: {exercise.title} ({worth})")
    solution = course.solution(exercise)
    try:
        text = solution_cell(read_source(solution, course.root))
    except SyntaxError as error:
        path = solution.relative_to(course.root)
        raise CourseError([Fault(path, error.lineno or 0, error.msg)]) from None
    yield _code(f"{CODE}{exercise.id}", text, solution=True, locked=False)
    check = _CHECK.format(name=exercise.id).replace("'", '"')
    yield _code(f"{MARK}{exercise.id}", check, grade=True, points=float(exercise.points))


def _markdown(name: str, text: str) -> NotebookNode:
    cell: NotebookNode = nbformat.v4.new_markdown_cell(text, metadata=_metadata(name))
    return cell


def _code(name: str, text: str, **marks: Any) -> NotebookNode:
    cell: NotebookNode = nbformat.v4.new_code_cell(text, metadata=_metadata(name, **marks))
    return cell


def _metadata(name: str, **marks: Any) -> dict[str, Any]:
    kind = {"grade": False, "solution": False, "locked": True, "task": False}
    return {"nbgrader": {"schema_version": _SCHEMA, "grade_id": name, **kind, **marks}}
