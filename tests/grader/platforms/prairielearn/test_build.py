"""Questions for PrairieLearn, and the image that marks them."""

from __future__ import annotations

import json
import uuid
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.course.handout import original
from grader.course.outline import Course
from grader.errors import UsageError
from grader.platforms.prairielearn.build import build, question_id
from support.courses import double
from support.files import change, write


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.load(double.write(tmp_path / "course"))


@pytest.fixture
def built(course: Course, tmp_path: Path) -> Path:
    build(course, tmp_path / "pl", (), image="org/wxb:1")
    return tmp_path / "pl"


QUESTION = "questions/wxb/01_a/double"


def test_what_prairielearn_asks_of_a_question(course: Course, built: Path) -> None:
    about = json.loads((built / QUESTION / "info.json").read_text("utf-8"))
    assert {"uuid", "title", "topic", "type", "singleVariant", "gradingMethod"} <= about.keys()
    options = about["externalGradingOptions"]
    assert options["entrypoint"] == "/grade/tests/run.sh"
    assert (options["image"], options["enableNetworking"]) == ("org/wxb:1", False)
    assert 30 < options["timeout"] <= 600
    assert (built / QUESTION / "tests" / "run.sh").stat().st_mode & 0o111
    exercise = next(iter(course.exercises))
    assert (built / QUESTION / "double.py").read_text("utf-8") == original(course, exercise)


def test_a_question_keeps_its_uuid(course: Course, tmp_path: Path) -> None:
    first, second = (question_id(course, exercise) for exercise in course.exercises)
    assert uuid.UUID(first).version == 5
    assert first != second
    moved = Course.load(double.write(tmp_path / "elsewhere"))
    assert [question_id(moved, exercise) for exercise in moved.exercises] == [first, second]


def test_a_page_has_an_editor_with_the_stub_and_nothing_is_run_over_it(
    course: Course, tmp_path: Path
) -> None:
    change(
        tmp_path / "course" / "solutions" / "01_a" / "double.py",
        "Something to do.",
        "With {{params.secret}} and <b>tags</b> & more.",
    )
    build(course, tmp_path / "pl", ("double",))
    page = (tmp_path / "pl" / QUESTION / "question.html").read_text("utf-8")
    assert "{{" not in page
    tags: list[str] = []
    files: list[str | None] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)
            files.extend(value for name, value in attrs if name.endswith("file-name"))

    Reader().feed(page)
    assert "b" not in tags
    assert files == ["double.py", "double.py"]
    assert {"pl-question-panel", "pl-file-editor", "pl-external-grader-results"} <= set(tags)


def test_building_again_keeps_what_somebody_wrote(course: Course, built: Path) -> None:
    page = built / QUESTION / "question.html"
    page.write_text("<p>Mine.</p>\n", "utf-8")
    write(built / QUESTION / "tests", {"course/old.txt": "gone"})
    again = build(course, built, ())
    assert f"{QUESTION}/question.html" in again.kept
    assert page.read_text("utf-8") == "<p>Mine.</p>\n"
    assert not (built / QUESTION / "tests" / "course" / "old.txt").exists()


def test_nothing_of_others_is_replaced(course: Course, tmp_path: Path) -> None:
    write(tmp_path / "pl" / QUESTION, {"server.py": "x = 1\n"})
    with pytest.raises(UsageError, match="it is no question of `grade`"):
        build(course, tmp_path / "pl", ())
    assert not (tmp_path / "pl" / "wxb-grader").exists()
    with pytest.raises(UsageError, match="name a folder"):
        build(course, course.file(), ())
    write(tmp_path / "other" / "wxb-grader", {"Dockerfile": "FROM x\n"})
    with pytest.raises(UsageError, match="it is no image of `grade`"):
        build(course, tmp_path / "other", ())


def test_the_image_installs_what_is_beside_its_dockerfile(built: Path) -> None:
    image = built / "wxb-grader"
    text = (image / "Dockerfile").read_text("utf-8")
    assert "libseccomp2" in text
    for name in ("requirements.txt", "constraints.txt"):
        assert name in text
        assert (image / name).is_file()
    assert list((image / "wheels").glob("wxb-*.whl"))


def test_only_what_marks_an_exercise_is_in_its_question(own_course: Course, tmp_path: Path) -> None:
    found = build(own_course, tmp_path / "pl", ("magnitude",), torch=False)
    assert (found.torch, found.questions) == (False, ("questions/wxb/01_vectors/magnitude",))
    part = tmp_path / "pl" / found.questions[0] / "tests" / "course"
    assert not list(part.rglob("*digits*"))
    assert len(list(part.rglob("test_*.py"))) == 1
