"""The row about nbgrader: the stock cells give the points that the suites give."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from benchmarks import nbgrader
from benchmarks.cells import earned
from grader.platforms.nbgrader.build import build
from support.nbgrading import Teaching, two


@pytest.fixture
def teaching(tmp_path: Path) -> Teaching:
    return Teaching(two(tmp_path / "course"), tmp_path / "teaching")


def test_a_stock_cell_runs_the_hidden_tests(teaching: Teaching) -> None:
    course, unit = teaching.course, teaching.course.units[0]
    nbgrader.make_stock(course, unit, teaching.root)
    book = nbformat.read(teaching.root / "source/01_a/01_a.ipynb", as_version=4)
    [cell] = [c for c in book.cells if c.metadata.nbgrader.grade_id == "wxb-sums"]
    about = cell.source.partition("earned('sums', '")[2].rpartition("', globals()")[0]
    assert "configure" not in (teaching.root / "nbgrader_config.py").read_text()
    names: dict[str, object] = {}
    exec(course.solution(unit.exercises[0]).read_text(), names)
    assert earned("sums", about, names) == 3.75
    names["total"] = max
    assert earned("sums", about, names) == 1.25
    assert earned("sums", about, {}) == 0


def test_submissions_go_into_the_released_notebook(teaching: Teaching) -> None:
    source = teaching.root / "source" / "01_a"
    source.rename(teaching.root / "release")
    (teaching.root / "release").rename(teaching.root / "was")
    (teaching.root / "release").mkdir()
    (teaching.root / "was").rename(teaching.root / "release" / "01_a")
    nbgrader.hand_in(teaching.root, "01_a", [{"sums": "ONE"}, {"twice": "TWO"}])
    texts = [p.read_text() for p in sorted((teaching.root / "submitted").rglob("*.ipynb"))]
    assert ["ONE" in json.loads(text)["cells"][2]["source"] for text in texts] == [True, False]
    assert build(teaching.course, teaching.root).written


def test_a_mark_that_differs_is_named() -> None:
    ours, stock = {"a": {"x": 1.0}, "b": {"x": 2.0}}, {"a": {"x": 1.0}, "b": {"x": 0.0}}
    assert nbgrader.difference(ours, ours) is None
    assert nbgrader.difference(ours, stock) == (
        "b: {'x': 2.0} with wxb's steps, {'x': 0.0} with nbgrader's own"
    )
