"""The handout: complete for a student, a course of its own, and where it may be built."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grader import Course, CourseError, UsageError
from grader.authoring.release import release
from grader.course.guide import load_guide
from support.places import ROOT


def test_what_is_in_it(own_course: Course, handout: Path) -> None:
    names = {path.name for path in handout.iterdir()}
    assert names >= {
        "README.md", "course.yaml", "requirements.txt", "exercises", "guide", "wheels",
        ".devcontainer", ".vscode", ".gitignore",
    }  # fmt: skip
    assert not names & {"solutions", "misconceptions", "tests", "grader"}
    for exercise in own_course.exercises:
        stub = handout / "exercises" / exercise.unit / f"{exercise.id}.py"
        assert stub.read_text() == own_course.stub(exercise).read_text()
        assert (handout / "exercises" / exercise.unit / "README.md").is_file()
    json.loads((handout / ".devcontainer/devcontainer.json").read_text())
    json.loads((handout / ".vscode/settings.json").read_text())


def test_links_of_its_lessons_lead_somewhere(handout: Path) -> None:
    import re

    for lesson in handout.glob("exercises/*/README.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", lesson.read_text("utf-8")):
            assert "://" in link or (lesson.parent / link).exists(), f"{lesson}: {link}"


def test_it_is_a_course_of_its_own(own_course: Course, handout: Path) -> None:
    taught = Course.load(handout)
    assert taught.handout
    assert taught.points == own_course.points
    assert [e.id for e in taught.exercises] == [e.id for e in own_course.exercises]
    for mine, theirs in zip(taught.exercises, own_course.exercises, strict=True):
        assert mine.forbidden == theirs.forbidden
        assert mine.points == theirs.points
        whole, shown = load_guide(own_course, theirs), load_guide(taught, mine)
        assert (whole.tiers, whole.why) == (shown.tiers, shown.why)
        assert set(mine.tests) == set(shown.examples) != set()


def test_a_second_release_replaces_the_first_and_keeps_what_is_not_its_own(
    own_course: Course, handout: Path, tmp_path: Path
) -> None:
    out = Path(shutil.copytree(handout, tmp_path / "out"))
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").write_text("ref")
    (out / "exercises" / "mine.py").write_text("")
    (out / "guide" / "01_vectors" / "gone.json").write_text("{}")
    stub = out / "exercises/01_vectors/magnitude.py"
    work = stub.read_text("utf-8").replace("raise NotImplementedError", "return 1.0", 1)
    stub.write_text(work, "utf-8")
    lesson = out / "exercises/01_vectors/README.md"
    lesson.write_text("My notes\n", "utf-8")
    built = release(own_course, out)
    assert built.laid.kept == ("exercises/01_vectors/magnitude.py",)
    assert built.laid.saved == (("exercises/01_vectors/README.md", "saved/01_vectors/README_1.md"),)
    assert stub.read_text("utf-8") == work
    assert (out / "saved/01_vectors/README_1.md").read_text() == "My notes\n"
    assert lesson.read_bytes() == (handout / "exercises/01_vectors/README.md").read_bytes()
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    mine = {".git/HEAD", "exercises/mine.py", "saved/01_vectors/README_1.md"}
    assert there - mine == {path.as_posix() for path in built.files}
    assert not list(tmp_path.glob(".*")), "what it was built in is gone"


@pytest.mark.parametrize("where", ["", "solutions/x", "tests", "exercises/new"])
def test_it_is_not_built_into_the_course(own_course: Course, where: str) -> None:
    with pytest.raises(UsageError, match="another folder"):
        release(own_course, ROOT / where)


def test_it_is_not_built_over_other_things(
    own_course: Course, handout: Path, tmp_path: Path
) -> None:
    (tmp_path / "thesis.tex").write_text("")
    with pytest.raises(UsageError, match="not empty"):
        release(own_course, tmp_path)
    with pytest.raises(UsageError, match="is a file"):
        release(own_course, tmp_path / "thesis.tex")
    with pytest.raises(UsageError, match="handout already"):
        release(Course.load(handout), tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_handout_gives_no_points_by_test(handout: Path, tmp_path: Path) -> None:
    text = (handout / "course.yaml").read_text()
    (tmp_path / "course.yaml").write_text(text.replace("points: '3.00'", "tests: {test_a: 1}", 1))
    with pytest.raises(CourseError, match=r"course.yaml:\d+: points is missing"):
        Course.load(tmp_path)


def test_a_handout_tells_every_section_its_dates(course_dir: Path, tmp_path: Path) -> None:
    path = course_dir / "course.yaml"
    text = path.read_text("utf-8")
    dates = "due: 2027-02-01T23:59 Europe/Berlin\n    closes: 2027-02-08T12:00Z\n"
    dates += "    sections: {tuesday: {due: 2027-02-02T12:00 Europe/Berlin}}\n    exercises:"
    path.write_text(text.replace("exercises:", dates, 1), "utf-8")
    course = Course.load(course_dir)
    release(course, tmp_path / "out")
    given, told = Course.load(tmp_path / "out").units[0], course.units[0]
    assert (given.due, given.closes) == (told.due, told.closes)
    assert given.sections == told.sections
