"""A lesson's text as HTML: formulas, code, links; nothing inline, nothing that runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.course.outline import Course, Exercise
from grader.errors import CourseError
from grader.web.lessons.shown import Shown
from grader.web.lessons.text import lesson, slug
from support.places import ROOT


def html(course: Course, unit: int = 0) -> str:
    found = lesson(
        course, course.units[unit], lambda path: f"/{path}" if "data" not in path else ""
    )
    return "".join(block for block in found.blocks if isinstance(block, str))


def test_blocks_stand_where_the_text_has_them(course_dir: Path) -> None:
    course = Course.load(course_dir)
    found = lesson(course, course.units[0], lambda path: "#")
    kinds = [type(block) for block in found.blocks]
    assert kinds == [str, Shown, str, Exercise, str]
    assert found.title == "1. Vectors"
    assert [h.id for h in found.headings] == ["how-long", "how-long-1"]
    assert "<h1" not in html(course)


def test_formulas_are_mathml_and_money_is_not(course_dir: Path) -> None:
    text = html(Course.load(course_dir))
    assert text.count("<math ") == 2
    assert text.count('display="block"') == 1
    assert "for $5 or $6." in text
    second = html(Course.load(course_dir), 1)
    assert "<mtr>" in second


def test_html_of_the_text_is_text_and_comments_are_nothing(course_dir: Path) -> None:
    text = html(Course.load(course_dir))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "remark for authors" not in text
    assert "How &lt;long&gt;?</h2>" in text


def test_code_has_classes_and_links_lead_inside(course_dir: Path) -> None:
    text = html(Course.load(course_dir))
    assert '<span class="nb">print</span>' in text
    assert 'href="/exercises/02_maps/README.md#rows-first"' in text
    assert '<a class="nowhere">the data</a>' in text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("visualizer: vector", "visualizer: victor", "there is no visualizer victor"),
        ("$$|v|^2 =", "$$|v|_a_b =", "this formula cannot be read: |v|_a_b"),
    ],
)
def test_a_fault_is_told_with_its_line(course_dir: Path, old: str, new: str, told: str) -> None:
    path = course_dir / "exercises" / "01_vectors" / "README.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new), "utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if old in row)
    course = Course.load(course_dir)
    with pytest.raises(CourseError) as caught:
        lesson(course, course.units[0], lambda path: "#")
    assert f"exercises/01_vectors/README.md:{line}: " in str(caught.value)
    assert told in str(caught.value)


def test_a_unit_without_a_lesson_has_its_exercises(course_dir: Path) -> None:
    (course_dir / "exercises" / "02_maps" / "README.md").unlink()
    course = Course.load(course_dir)
    found = lesson(course, course.units[1], lambda path: "#")
    assert found.title == "Maps"
    assert [type(block) for block in found.blocks] == [Exercise]


def test_the_lessons_of_the_course_have_nothing_inline_and_no_formula_as_text() -> None:
    course = Course.load(ROOT)
    for number in range(len(course.units)):
        text = html(course, number)
        assert not re.search(r"\sstyle=|<script|<style|\son\w+=", text)
        assert not re.search(r"\$\S[^$<]*\$", text)


def test_anchors_are_named_as_github_names_them() -> None:
    assert slug("A layer: W x + b") == "a-layer-w-x--b"
    assert slug("Why? (Really)") == "why-really"
