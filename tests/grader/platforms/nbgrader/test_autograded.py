"""Notebooks for formgrader: nbgrader's cells as they are there, the student's as they were."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from grader.platforms.nbgrader.autograded import Output, notebook
from grader.platforms.nbgrader.there import Book, Source
from support.nbcourse import cell
from support.nbcourse import notebook as written

CHECK = 'from grader.notebook import check\n\ncheck("double")'
BOOK = Book(
    "01_a",
    {"wxb-double": Decimal("2.5"), "essay": Decimal(3)},
    frozenset({"code-double", "essay"}),
    {},
    (
        Source("lesson", "markdown", True, "# Lesson", "c1"),
        Source("code-double", "code", False, "stub", "c2"),
        Source("wxb-double", "code", True, CHECK, "c3"),
        Source("essay", "markdown", False, "Write here", "c4"),
    ),
    '{"name": "python3", "display_name": "Python 3"}',
)
SHOWN = {"double": Output("2.25", "<div class=wxb>why</div>")}
ANSWER = cell("code", "def double(x): ...", grade_id="code-double", solution=True)
MARKED = cell("code", CHECK, grade_id="wxb-double", grade=True, locked=True, points=2.5)
ESSAY = cell("markdown", "My essay", grade_id="essay", grade=True, solution=True, points=3)


def made(tmp_path: Path, *cells: Any, name: str = "01_a.ipynb") -> list[dict[str, Any]]:
    """The cells of what formgrader opens, of a notebook that was handed in."""
    (tmp_path / name).write_bytes(written(cells))
    found: list[dict[str, Any]] = json.loads(notebook(BOOK, tmp_path, SHOWN))["cells"]
    return found


def marks(cells: list[dict[str, Any]]) -> list[str]:
    return [each["metadata"].get("nbgrader", {}).get("grade_id", "") for each in cells]


def test_the_marked_cell_has_points_and_explanation(tmp_path: Path) -> None:
    cells = made(tmp_path, ANSWER, MARKED, ESSAY)
    assert marks(cells) == ["code-double", "wxb-double", "essay"]
    [output] = cells[1]["outputs"]
    assert output["data"] == {"text/plain": "2.25", "text/html": "<div class=wxb>why</div>"}
    assert cells[0]["source"] == "def double(x): ..."
    assert cells[2]["source"] == "My essay"


def test_forged_metadata_and_outputs_and_locked_text_are_nbgrader_s(tmp_path: Path) -> None:
    forged = cell("markdown", "x", grade_id="wxb-double", grade=False, points=99, locked=False)
    answer = {
        **ANSWER,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "<script>"}],
    }
    cells = made(tmp_path, answer, forged, ESSAY)
    mark = cells[1]["metadata"]["nbgrader"]
    assert (cells[1]["cell_type"], cells[1]["source"]) == ("code", CHECK)
    assert (mark["points"], mark["grade"], mark["locked"], mark["checksum"]) == (
        2.5,
        True,
        True,
        "c3",
    )
    assert cells[0]["outputs"] == []


def test_copies_are_plain_and_what_is_gone_comes_back(tmp_path: Path) -> None:
    unknown = cell("code", "y", grade_id="wxb-other", grade=True, locked=True, points=50)
    cells = made(tmp_path, ANSWER, ANSWER, unknown)
    assert marks(cells) == ["code-double", "", "", "wxb-double", "essay"]
    assert cells[3]["outputs"]


def test_a_locked_cell_that_lost_its_id_is_known_by_its_text(tmp_path: Path) -> None:
    cells = made(tmp_path, cell("code", "def double(x): ..."), cell("code", CHECK))
    assert marks(cells) == ["", "wxb-double", "essay"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <!-- b", "</div>"]
)
def test_no_tag_of_a_student_s_is_one(tmp_path: Path, text: str) -> None:
    cells = made(tmp_path, cell("markdown", text), cell("raw", text), ESSAY | {"source": text})
    for each in cells[:3]:
        assert each["source"] == text.replace("<", "<\u200b")
    [kept] = made(tmp_path, cell("markdown", "$1 < 2$ and a<b"), MARKED)[:1]
    assert kept["source"] == "$1 < 2$ and a<\u200bb"


def test_a_hand_in_of_modules_becomes_a_notebook(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "double.py").write_text("def double(x):\n    return 2 * x\n")
    cells = json.loads(notebook(BOOK, tmp_path, SHOWN))["cells"]
    assert marks(cells) == ["code-double", "wxb-double", "essay"]
    assert cells[0]["source"] == "def double(x):\n    return 2 * x\n"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"cells": 3, "nbformat": 4}', b"\xff\xfe"])
def test_what_is_no_notebook_still_has_the_marks(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "01_a.ipynb").write_bytes(data)
    cells = json.loads(notebook(BOOK, tmp_path, SHOWN))["cells"]
    assert marks(cells) == ["code-double", "wxb-double", "essay"]
    assert json.loads(notebook(BOOK, None, SHOWN))["cells"] == cells


def test_the_notebook_of_the_name_comes_first_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "zz.ipynb").write_bytes(written([ANSWER, MARKED, ESSAY]))
    cells = made(tmp_path, cell("code", "mine"), MARKED)
    assert cells[0]["source"] == "mine"
    secret = tmp_path / "outside.ipynb"
    secret.write_bytes(written([cell("code", "secret"), MARKED]))
    room = tmp_path / "in"
    room.mkdir()
    (room / "01_a.ipynb").symlink_to(secret)
    assert "secret" not in notebook(BOOK, room, SHOWN).decode()
