"""A course for nbgrader: what is written, and what of the instructor's stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader import Course, CourseError, Grader, Submission, UsageError
from grader.authoring.leaks import leaks
from grader.platforms.nbgrader.build import build
from grader.report.model import is_lost
from support.courses import sums
from support.files import change, write
from support.nbgrading import two


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.load(two(tmp_path / "course"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "teaching"


def files(out: Path) -> dict[str, bytes]:
    found = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def cells(out: Path) -> list[Any]:
    book = nbformat.read(out / "source/01_a/01_a.ipynb", as_version=4)
    nbformat.validate(book)
    return list(book.cells)


def test_an_assignment_is_a_notebook_and_the_unit_s_handout(course: Course, out: Path) -> None:
    built = build(course, out)
    assert built.units == ("01_a",)
    assert built.kept == ()
    assert set(files(out)) == {
        ".wxb-nbgrader.json", "nbgrader_config.py",
        *(f"source/01_a/{name}" for name in (
            "01_a.ipynb", "course.yaml",
            "exercises/01_a/sums.py", "exercises/01_a/twice.py",
            "guide/01_a/sums.json", "guide/01_a/sums.stub",
            "guide/01_a/twice.json", "guide/01_a/twice.stub",
        )),
    }  # fmt: skip
    assert Course.load(out / "source/01_a").handout


def test_the_notebook_s_cells(course: Course, out: Path) -> None:
    build(course, out)
    found = cells(out)
    ids = [cell.metadata.nbgrader.grade_id for cell in found]
    assert ids == [
        "lesson-1", "title-sums", "code-sums", "wxb-sums",
        "lesson-2", "title-twice", "code-twice", "wxb-twice", "lesson-3",
    ]  # fmt: skip
    by_id = dict(zip(ids, found, strict=True))
    assert by_id["lesson-1"].source.endswith("**Exercise 1: `sums`.** Add.")
    assert "See A." in by_id["lesson-2"].source
    test = by_id["wxb-sums"]
    assert test.source == 'from grader.notebook import check\ncheck("sums")'
    assert test.metadata.nbgrader.points == 3.75
    assert (test.metadata.nbgrader.grade, test.metadata.nbgrader.locked) == (True, True)
    code = by_id["code-sums"].metadata.nbgrader
    assert (code.solution, code.locked, code.grade) == (True, False, False)
    assert all(by_id[name].metadata.nbgrader.locked for name in ids if "lesson" in name)


def test_a_unit_without_a_lesson_begins_with_its_title(tmp_path: Path, out: Path) -> None:
    build(Course.load(sums.write(tmp_path / "short")), out)
    ids = [cell.metadata.nbgrader.grade_id for cell in cells(out)]
    assert ids == ["lesson-1", "title-sums", "code-sums", "wxb-sums"]
    assert cells(out)[0].source == "# A"
    assert cells(out)[1].source == "### sums: Sums (3.75 points)"


def test_nothing_but_solution_cells_shows_what_is_hidden(course: Course, out: Path) -> None:
    build(course, out)
    notebook = out / "source/01_a/01_a.ipynb"
    book = json.loads(notebook.read_text("utf-8"))
    book["cells"] = [c for c in book["cells"] if not c["metadata"]["nbgrader"]["solution"]]
    notebook.write_text(json.dumps(book), "utf-8")
    assert list(leaks(course, out / "source/01_a")) == []


def test_building_again_changes_nothing(course: Course, out: Path) -> None:
    build(course, out)
    before = files(out)
    again = build(course, out)
    assert (again.written, again.kept) == ((), ())
    assert files(out) == before


def test_what_changed_in_the_course_is_taken_over(course: Course, out: Path) -> None:
    build(course, out)
    change(course.lesson(course.units[0]), "Why?", "Why not?")
    again = build(course, out)
    assert again.written == ("source/01_a/01_a.ipynb",)
    assert cells(out)[-1].source.endswith("Why not?")


def test_what_an_instructor_changed_stays(course: Course, out: Path) -> None:
    build(course, out)
    notebook, config = out / "source/01_a/01_a.ipynb", out / "nbgrader_config.py"
    change(notebook, "Why?", "Why, indeed?")
    change(config, 'late="wxb"', 'late="nbgrader"')
    write(out, {"source/01_a/mine.csv": "1", "gradebook.db": "x", "source/02_own/own.ipynb": "{}"})
    before = files(out)
    change(course.lesson(course.units[0]), "Why?", "Why not?")
    again = build(course, out)
    assert set(again.kept) == {"source/01_a/01_a.ipynb", "nbgrader_config.py"}
    assert files(out) == before
    notebook.rename(out.parent / "old.ipynb")
    assert build(course, out).written == ("source/01_a/01_a.ipynb",)


def test_an_nbgrader_course_that_was_there_before_stays(course: Course, out: Path) -> None:
    theirs = {"nbgrader_config.py": "c = get_config()\n", "source/01_a/01_a.ipynb": "{}"}
    write(out, theirs)
    built = build(course, out)
    assert set(built.kept) == set(theirs)
    for name, text in theirs.items():
        assert (out / name).read_text() == text


def test_files_that_are_no_longer_built_go_where_nobody_changed_them(
    course: Course, out: Path
) -> None:
    picture = Path(course.root) / "exercises/01_a/plot.png"
    note = picture.with_name("note.txt")
    picture.write_bytes(b"\x89PNG\r\n")
    note.write_text("A note.")
    build(course, out)
    placed = out / "source/01_a/exercises/01_a"
    (placed / "note.txt").write_text("Changed.")
    picture.unlink()
    note.unlink()
    build(course, out)
    assert not (placed / "plot.png").exists()
    assert (placed / "note.txt").read_text() == "Changed."


def test_a_listing_that_was_forged_takes_nothing_away(course: Course, out: Path) -> None:
    build(course, out)
    victim = write(out.parent, {"victim.txt": "mine"}) / "victim.txt"
    listing = json.loads((out / ".wxb-nbgrader.json").read_text())
    listing["files"]["source/01_a/../../../victim.txt"] = "0" * 64
    (out / ".wxb-nbgrader.json").write_text(json.dumps(listing))
    build(course, out)
    assert victim.read_text() == "mine"
    (out / ".wxb-nbgrader.json").write_text("{")
    assert build(course, out).kept == ()


def test_the_notebook_of_every_unit_is_right(own_course: Course, out: Path) -> None:
    """With its solutions in it; and every unit's text is whole."""
    build(own_course, out)
    with Grader(own_course) as grader:
        for unit in own_course.units:
            notebook = out / "source" / unit.id / f"{unit.id}.ipynb"
            wanted = [exercise.id for exercise in unit.exercises]
            report = grader.grade(Submission.from_path(notebook), wanted)
            lost = [t.message for e in report.exercises for t in e.tests if is_lost(t.outcome)]
            assert lost == [], unit.id
            text = "".join(c["source"] for c in nbformat.read(notebook, as_version=4).cells)
            headings = [
                s for s in own_course.lesson(unit).read_text().splitlines() if s[:3] == "## "
            ]
            assert [heading for heading in headings if heading not in text] == []


def test_what_is_refused(course: Course, out: Path) -> None:
    with pytest.raises(UsageError, match="no unit 09; there are 01_a"):
        build(course, out, ["09"])
    assert not out.exists()
    with pytest.raises(UsageError, match="holds the course itself"):
        build(course, Path(course.root))
    with pytest.raises(UsageError, match="inside solutions/"):
        build(course, Path(course.root) / "solutions" / "x")
    change(
        course.solution(course.units[0].exercises[0]), "return c * v", "return c * v  # AUTOTEST"
    )
    with pytest.raises(CourseError, match=r"solutions/01_a/sums\.py:\d+: .*AUTOTEST"):
        build(course, out)


def test_data_of_an_exercise_comes_along_with_its_unit_alone(own_course: Course, out: Path) -> None:
    build(own_course, out, ["01_vectors", "08_linear_layer"])
    assert not (out / "source/01_vectors/data").exists()
    assert (out / "source/08_linear_layer/data/digits").is_dir()
    assert not (out / "source/01_vectors/guide/08_linear_layer").exists()
