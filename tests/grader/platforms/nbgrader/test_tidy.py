"""What a submitted notebook's cells are made of, step by step, with a gradebook of nbgrader's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from grader import Course, Grader, GraderFault, UsageError
from grader.nbgrader import Grade, Tidy, configure
from grader.notebook import warm
from support.nbgrading import two

pytestmark = pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore::Warning:sqlalchemy")

PICTURE = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>", "text/html": "<b>"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A gradebook: notebook `mine` as it was given out, and others that wxb cannot mark."""
    url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'gradebook.db'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "/bin")
        configure(_Anything(), course="x")  # so that alembic is found
        with Gradebook(url) as book:
            book.add_assignment("01_a")
            for name, test in (("mine", "wxb-sums"), ("other", "own-test"), ("gone", "wxb-away")):
                book.add_notebook(
                    name, "01_a", kernelspec='{"name": "python3", "display_name": "p"}'
                )
                book.add_grade_cell(test, name, "01_a", max_score=3.75, cell_type="code")
                _source(book, test, name, "code", "check()", locked=True)
            book.add_notebook("plain", "01_a")
            book.add_solution_cell("code-sums", "mine", "01_a")
            _source(book, "code-sums", "mine", "code", "def total(v): ...", locked=False)
            _source(book, "lesson-1", "mine", "markdown", "# A", locked=True)
            for name in ("essay", "drawing"):
                kind = "markdown" if name == "essay" else "code"
                book.add_grade_cell(name, "mine", "01_a", max_score=2, cell_type=kind)
                book.add_solution_cell(name, "mine", "01_a")
                _source(book, name, "mine", kind, "Yours", locked=False)
            book.add_task_cell("task", "mine", "01_a", max_score=1, cell_type="markdown")
            _source(book, "task", "mine", "markdown", "Do it", locked=True)
    return url


class _Anything:
    """A configuration that takes whatever it is told."""

    def __getattr__(self, name: str) -> _Anything:
        return self


def _source(book: Any, name: str, notebook: str, kind: str, text: str, locked: bool) -> None:
    book.add_source_cell(
        name, notebook, "01_a", cell_type=kind, source=text, locked=locked, checksum="0" * 32
    )


def marked(name: object, text: str = "x", kind: str = "code", **more: Any) -> NotebookNode:
    """A cell that claims an id; nothing in it is checked."""
    cell = new_code_cell(text) if kind == "code" else new_markdown_cell(text)
    cell.update({"metadata": {"nbgrader": {"grade_id": name}}, **more})
    return cell


def tidied(database: str, *cells: Any) -> list[Any]:
    book = new_notebook()
    book.cells = list(cells)
    book.metadata = NotebookNode(kernelspec="forged", language_info={"name": "R"})
    where = {"db_url": database, "notebook": "mine", "assignment": "01_a", "student": "ada"}
    found, _ = Tidy().preprocess(book, {"nbgrader": where})
    assert found.metadata == {
        "kernelspec": {"name": "python3", "display_name": "p"},
        "language_info": {"name": "python"},
    }
    nbformat.validate(found)
    return list(found.cells)


def test_known_cells_are_what_the_gradebook_says(database: str) -> None:
    cells = tidied(database, marked("code-sums", "def total(v): 1"), marked("wxb-sums", "9.0"))
    assert cells[0].source == "def total(v): 1"
    assert cells[0].metadata == {
        "deletable": False,
        "nbgrader": {
            "schema_version": 3, "grade_id": "code-sums", "grade": False, "solution": True,
            "locked": False, "task": False, "cell_type": "code", "checksum": "0" * 32,
        },
    }  # fmt: skip
    assert [cell.source for cell in cells[1:3]] == ["9.0", "check()"]
    assert cells[1].metadata == {}
    marks = cells[2].metadata.nbgrader
    assert (marks.points, marks.grade, marks.locked) == (3.75, True, True)


def test_copies_and_other_ids_are_plain_cells(database: str) -> None:
    cells = tidied(
        database, marked("code-sums", "1"), marked("code-sums", "2"), marked("mine", "3"),
        marked(["x"], "4"), marked("lesson-1", "code", "code"),
    )  # fmt: skip
    assert [cell.source for cell in cells[:4]] == ["1", "2", "3", "4"]
    assert [dict(cell.metadata) for cell in cells[1:4]] == [{}, {}, {}]
    assert cells[4].cell_type == "markdown"


def test_code_in_a_locked_cell_is_not_lost(database: str) -> None:
    cells = tidied(database, marked("wxb-sums", "def total(v): ..."), marked("wxb-sums", "check()"))
    assert [cell.source for cell in cells[:3]] == ["def total(v): ...", "check()", "check()"]
    assert [bool(cell.metadata) for cell in cells[:3]] == [False, True, False]
    assert tidied(database, marked("wxb-sums", " check()\n"))[0].source == "check()"


def test_what_is_gone_comes_back_at_the_end_and_covers_nobody_s_work(database: str) -> None:
    cells = tidied(database, new_code_cell("def total(v): return v.sum()"))
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    assert ids == [None, "wxb-sums", "task"]
    assert cells[1].source == "check()"


def test_cells_that_are_none_are_mended_or_left_out(database: str) -> None:
    cells = tidied(
        database, NotebookNode(cell_type="code"), 7, None, NotebookNode(),
        NotebookNode(cell_type="raw", metadata=3, source="<script>```"),
        NotebookNode(cell_type="code", metadata={"nbgrader": 1}, source="a = '\ud800'", id=3),
    )  # fmt: skip
    assert [cell.cell_type for cell in cells[:4]] == ["code", "markdown", "markdown", "code"]
    assert cells[2].source == "````\n<script>```\n````"
    assert cells[3].source == "a = '?'"
    assert len({cell.id for cell in cells}) == len(cells)


def test_of_what_a_student_saw_pictures_and_text_stay_for_who_grades_by_hand(database: str) -> None:
    shown = [
        {"output_type": "display_data", "data": PICTURE, "metadata": {}},
        {"output_type": "display_data", "data": {"image/png": '"><script>'}, "metadata": {}},
        {"output_type": "display_data", "data": {"text/html": "<script>"}, "metadata": {}},
        {"output_type": "stream", "name": "stdout", "text": "x"}, "nonsense", {"data": 3},
    ]  # fmt: skip
    drawing, code = tidied(
        database, marked("drawing", outputs=shown), marked("code-sums", outputs=shown)
    )[:2]
    assert [output.data for output in drawing.outputs] == [
        {"image/png": PICTURE["image/png"], "text/plain": "<Figure>"}
    ]
    assert code.outputs == []


def test_pictures_that_are_pasted_into_an_answer_stay(database: str) -> None:
    pasted = {"a.png": PICTURE, "b.svg": {"image/svg+xml": "<script>"}, "c": 3}
    answer = tidied(
        database, marked("essay", "![a](attachment:a.png)", "markdown", attachments=pasted)
    )
    assert answer[0].attachments == {"a.png": {"image/png": PICTURE["image/png"]}}


# --- Grade, by itself ------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Path]:
    yield two(tmp_path / "course")
    warm.close()


def graded(database: str, course: str | Path, book: NotebookNode, notebook: str) -> NotebookNode:
    folder = Path(database.removeprefix("sqlite:///")).parent
    nbformat.write(book, folder / f"{notebook}.ipynb")
    where = {"db_url": database, "notebook": notebook, "assignment": "01_a", "student": "ada"}
    resources = {"nbgrader": where, "metadata": {"path": str(folder)}}
    found, _ = Grade(course=str(course), isolation="none").preprocess(book, resources)
    return found


def test_a_cell_gets_its_points_and_the_explanation(database: str, course: Path) -> None:
    text = "def total(v):\n    return float(v.sum())"
    for _ in range(2):
        cells = tidied(database, new_code_cell(text), marked("wxb-sums", "check()"))
        found = graded(database, course, new_notebook(cells=cells), "mine")
        (output,) = found.cells[1].outputs
        assert output.data["text/plain"] == "2.5"
        assert "2.5 of 3.75" in output.data["text/html"]
        assert found.cells[0].outputs == []
    assert len(warm._kept) == 1  # the second one found the first one's processes


def test_a_notebook_in_which_nothing_is_defined_gets_nothing(database: str, course: Path) -> None:
    cells = tidied(database, marked("wxb-sums", "check()"), new_markdown_cell("I could not."))
    found = graded(database, course, new_notebook(cells=cells), "mine")
    (output,) = found.cells[0].outputs
    assert output.data["text/plain"] == "0"
    assert "mine.ipynb was not read: its cells define no function" in output.data["text/html"]


@pytest.mark.parametrize(
    ("notebook", "said"),
    [
        ("other", "the autograder cell own-test is none of wxb's, and no cell is executed here"),
        ("gone", "has no exercise away, which the cell wxb-away is to mark"),
    ],
)
def test_cells_that_cannot_be_marked_are_never_full_marks(
    database: str, course: Path, notebook: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        graded(database, course, new_notebook(), notebook)


def test_a_notebook_without_autograder_cells_is_left_alone(database: str) -> None:
    assert graded(database, "nowhere", new_notebook(), "plain").cells == []


def test_the_course_has_to_be_there(database: str) -> None:
    with pytest.raises(UsageError, match=r"Which course\? Say c\.Grade\.course"):
        graded(database, "", new_notebook(), "mine")
    with pytest.raises(UsageError, match="there is no such course"):
        graded(database, "/nowhere", new_notebook(), "mine")


def test_a_fault_of_the_grader_s_is_no_output(
    database: str, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise GraderFault("it broke")

    monkeypatch.setattr(Grader, "grade", broken)
    cells = tidied(database, marked("wxb-sums", "check()"))
    with pytest.raises(GraderFault, match="it broke"):
        graded(database, course, new_notebook(cells=cells), "mine")
    assert cells[0].outputs == []
    assert Course.load(course).title == "Sums"
