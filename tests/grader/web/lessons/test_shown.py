"""Visualizers that a lesson places by a comment."""

from __future__ import annotations

import re

import pytest

from grader.course.outline import Course
from grader.web.lessons.shown import FUNCTIONS, Shown, read
from grader.web.lessons.text import lesson
from grader.web.lessons.widgets import assets
from support.places import ROOT

TABLE = (ROOT / "docs" / "visualizers.md").read_text("utf-8").partition("## Use my code")[2]


def test_a_comment_names_a_visualizer_and_its_options() -> None:
    assert read("<!-- visualizer: dot -->") == Shown("dot", {})
    found = read('<!-- visualizer: warp {"modes": ["affine", "warp"], "b": [1, 2]} -->')
    assert found == Shown("warp", {"modes": ["affine", "warp"], "b": [1, 2], "mode": "affine"})
    assert found.title == assets.get("warp").title
    assert read("<!-- see the visualizer: warp -->") is None


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("<!-- visualizer: wrap -->", "there is no visualizer wrap; there are broadcast, "),
        ('<!-- visualizer: warp {"modes": ["x"]} -->', "the modes of warp are warp, affine, "),
        ('<!-- visualizer: warp {"modes": "x"} -->', "the modes of warp are warp, affine, "),
        ('<!-- visualizer: warp {"V": 1} -->', "warp has no V; it has "),
        ('<!-- visualizer: warp {"W": } -->', "what stands behind warp is no JSON object"),
    ],
)
def test_what_cannot_be_placed_is_told(comment: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        read(comment)


def test_the_functions_are_those_of_the_documented_table() -> None:
    assert FUNCTIONS.keys() == assets.visualizers().keys()
    for name, functions in FUNCTIONS.items():
        row = next(line for line in TABLE.splitlines() if line.startswith(f"| `{name}` |"))
        modes = assets.get(name).modes.keys() - set(functions)
        assert set(re.findall(r"`(\w+)`", row.split("|")[2])) - modes == set(functions)


def test_each_stands_in_its_lesson_and_none_before_its_concept() -> None:
    course = Course.load(ROOT)
    placed = [
        (unit.id[:2], block.name, mode)
        for unit in course.units
        for block in lesson(course, unit, lambda path: "#").blocks
        if isinstance(block, Shown)
        for mode in block.options.get("modes", ["trace", "change"])
    ]
    assert placed == [
        ("01", "vector", "length"), ("01", "vector", "unit"), ("01", "vector", "add"),
        ("01", "vector", "subtract"), ("01", "vector", "scale"),
        ("02", "dot", "dot"), ("02", "dot", "neuron"),
        ("03", "reshape", "transpose"),
        ("04", "matmul", "rows"), ("04", "matmul", "columns"),
        ("04", "warp", "affine"), ("04", "warp", "warp"),
        ("05", "matmul", "product"), ("05", "matmul", "layer"), ("05", "broadcast", "bias"),
        ("05", "warp", "compose"),
        ("06", "forward", "trace"), ("06", "forward", "change"),
        ("07", "broadcast", "shapes"), ("07", "reshape", "reshape"), ("07", "reshape", "transpose"),
        ("07", "reshape", "view"),
    ]  # fmt: skip
