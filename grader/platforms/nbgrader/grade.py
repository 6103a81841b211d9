"""`Grade`: marks a submitted notebook over wxb's border, in the place of nbgrader's Execute.

No cell is executed. The notebook's code is read as a text, and each autograder cell gets one
output: its points as plain text, which SaveAutoGrades takes, and the explanation as HTML. Which
exercise a cell marks stands in the gradebook.

The processes that judge stay for the next submission, in a run of many and in formgrader's server,
and end with this process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, List, Unicode

from grader.course.outline import Course
from grader.errors import SubmissionError, UsageError
from grader.grading.engine import Grader
from grader.handin.folder import read_beside
from grader.handin.helpers import helpers
from grader.handin.submission import Submission
from grader.notebook import warm
from grader.platforms.nbgrader.marks import explanation, refuse_unsure, scores
from grader.platforms.nbgrader.once import once
from grader.platforms.nbgrader.there import MARK
from grader.report.model import Isolation, Report
from grader.report.words import notes

__all__ = ["Grade"]


class Grade(NbGraderPreprocessor):
    """Gives each autograder cell its points and the explanation.

    Raises:
        WxbError: no mark can be given, for want of the course or by a fault of the grader's own;
            nbgrader then stores nothing of this submission and goes on with the next.
    """

    course = Unicode("", help="The whole course's course.yaml, or its folder.").tag(config=True)
    isolation = Enum(
        ["full", "none"],
        "full",
        help="full: insist on the lock around student code. none: do without it.",
    ).tag(config=True)
    without = List(
        Enum(["torch"]), help="torch: leave out the tests that need PyTorch, for everybody."
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with an output in each autograder cell."""
        where = resources["nbgrader"]
        worth = once(self, _worth, where)
        if not worth:
            return nb, resources
        grader = self._grader()
        _refuse_unknown(grader, worth, where["notebook"])
        report = grader.grade(self._submission(resources), tuple(worth))
        results = {result.id: result for result in report.exercises}
        refuse_unsure(report.exercises, where["student"], self.without)
        found = scores(report.exercises, _points(grader.course, worth), worth)
        told = notes(report, grader.missing)
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "").removeprefix(MARK)
            if name in worth and cell.metadata.nbgrader.grade_id.startswith(MARK):
                result = results[name]
                data = {
                    "text/plain": found[name],
                    "text/html": explanation(result, grader.course.feedback, told),
                }
                cell.outputs = [nbformat.v4.new_output("execute_result", data)]
                told = []  # once is enough
        self.log.info("%s: %s", where["student"], _sum(report))
        return nb, resources

    def _grader(self) -> Grader:
        if not self.course:
            raise UsageError(
                "Which course? Say c.Grade.course = '…/course.yaml' in nbgrader_config.py, or "
                "build it with `grade nbgrader build`."
            )
        path = Path(self.course)
        if not path.exists():
            raise UsageError(
                f"{path}: there is no such course; nbgrader_config.py names where it lies."
            )
        # nbgrader works in its course's folder: submissions, gradebook, other students' work.
        level: Isolation = "none" if self.isolation == "none" else "full"
        return warm.grader(path, level, (Path.cwd(),), torch="torch" not in self.without)

    def _submission(self, resources: dict[str, Any]) -> Submission:
        """The notebook as nbgrader has just written it, with what it imports and opens."""
        where = resources["nbgrader"]
        path = Path(resources["metadata"]["path"]) / f"{where['notebook']}.ipynb"
        try:
            found = Submission.from_path(path, where["student"], own=True)
        except SubmissionError as error:
            why = str(error).replace(f"{path}: ", "")
            told = (f"{path.name} was not read: {why}.",)
            return Submission.from_sources({}, where["student"], told, single=True)
        folder = self._handed_in(where["assignment"], where["student"])
        if folder is None:
            return found
        cells = (cell.source for book in found.notebooks.values() for cell in book.cells)
        remarks = list(found.notes)
        try:
            beside = helpers([*cells, *found.sources.values()], folder, {path.name}, own=False)
        except SubmissionError as error:
            remarks.append(str(error).replace(f"{folder}{os.sep}", ""))
            beside = {}
        texts = beside | found.sources
        data = read_beside(folder, texts)
        return Submission.from_sources(
            texts,
            found.student,
            tuple(remarks),
            single=True,
            data=data,
            notebooks=found.notebooks,
        )

    def _handed_in(self, assignment: str, student: str) -> Path | None:
        """The folder as it was handed in: nbgrader's own copy of it has followed links."""
        converter = getattr(self.parent, "parent", None)
        directory = getattr(converter, "coursedir", None)
        if directory is None:
            return None
        path = directory.format_path(directory.submitted_directory, student, assignment)
        return Path(os.path.abspath(path)) if os.path.isdir(path) else None


def _worth(url: str, notebook: str, assignment: str) -> dict[str, float]:
    """Exercise -> points of its autograder cell, as the gradebook has them.

    Raises:
        UsageError: a cell is to be marked by running it, which never happens here.
    """
    with Gradebook(url) as gradebook:
        book = gradebook.find_notebook(notebook, assignment)
        by_hand = {cell.name for cell in book.solution_cells}
        cells = [c for c in book.grade_cells if c.cell_type == "code" and c.name not in by_hand]
        others = [cell.name for cell in cells if not cell.name.startswith(MARK)]
        if others:
            raise UsageError(
                f"{notebook}: the autograder cell {others[0]} is none of wxb's, and no cell is "
                "executed here. Make it a manually graded one, or keep such assignments in an "
                "nbgrader course of their own."
            )
        return {cell.name.removeprefix(MARK): float(cell.max_score) for cell in cells}


def _refuse_unknown(grader: Grader, worth: dict[str, float], notebook: str) -> None:
    for name in worth:
        if grader.course.exercise(name) is None:
            raise UsageError(
                f"{notebook}: {grader.course.title} has no exercise {name}, which the cell "
                f"{MARK}{name} is to mark."
            )


def _points(course: Course, names: Iterable[str]) -> dict[str, Fraction]:
    """Exercise -> its points in the course."""
    found = (course.exercise(name) for name in names)
    return {each.id: Fraction(each.points) for each in found if each is not None}


def _sum(report: Report) -> str:
    return ", ".join(f"{e.id} {e.earned} of {e.possible}" for e in report.exercises)
