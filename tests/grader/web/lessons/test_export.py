"""The lessons as files."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from grader.authoring.release import release
from grader.course.outline import Course
from grader.errors import CourseError, UsageError
from grader.web.lessons.export import export


def test_every_link_leads_to_a_file(course_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    assert export(Course.load(course_dir), out) == 3
    pages = sorted(out.glob("*.html"))
    assert [page.name for page in pages] == ["01_vectors.html", "02_maps.html", "index.html"]
    anchors = {p.name: set(re.findall(r'id="([^"]+)"', p.read_text("utf-8"))) for p in pages}
    for page in pages:
        text = page.read_text("utf-8")
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            name, _, fragment = link.partition("#")
            assert (out / unquote(name or page.name)).is_file(), link
            assert not fragment or fragment in anchors[name or page.name], link
        assert not re.search(r'style=|type="module"|<form|/static/|csrf|vscode:', text)
    assert 'data-visualizer="vector"' in (out / "01_vectors.html").read_text("utf-8")


def test_it_is_written_again_but_over_nothing_else(course_dir: Path, tmp_path: Path) -> None:
    course, out = Course.load(course_dir), tmp_path / "pages"
    export(course, out)
    export(course, out)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "index.html").write_text("mine", "utf-8")
    for taken in (mine, mine / "index.html"):
        with pytest.raises(UsageError, match="holds something else"):
            export(course, taken)
    assert (mine / "index.html").read_text("utf-8") == "mine"


def test_a_fault_in_a_lesson_writes_nothing(course_dir: Path, tmp_path: Path) -> None:
    readme = course_dir / "exercises" / "02_maps" / "README.md"
    readme.write_text(readme.read_text("utf-8").replace(": warp", ": wrap"), "utf-8")
    with pytest.raises(CourseError):
        export(Course.load(course_dir), tmp_path / "pages")
    assert not (tmp_path / "pages").exists()


def test_a_handout_has_its_lessons_too(course_dir: Path, tmp_path: Path) -> None:
    release(Course.load(course_dir), tmp_path / "handout")
    out = tmp_path / "pages"
    assert export(Course.load(tmp_path / "handout"), out) == 3
    assert 'data-visualizer="warp"' in (out / "02_maps.html").read_text("utf-8")
