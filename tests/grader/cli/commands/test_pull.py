"""`grade pull`: its options, its exit status, and the token, which nothing prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.canvas_server import TOKEN, Canvas, serving
from support.commands import Grade, grade_in
from support.courses import three


@pytest.fixture
def canvas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Canvas]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    monkeypatch.chdir(three.write(tmp_path / "course"))
    with serving(Canvas()) as started:
        started.student(101, "Jane Doe")
        started.assignment(4711, "A", 4)
        started.hand_in(4711, 101, "2027-02-01T10:00:00Z", {"length.py": "# nothing yet\n"})
        monkeypatch.setenv("CANVAS_URL", started.url)
        monkeypatch.setenv("CANVAS_TOKEN", TOKEN)
        yield started


@pytest.fixture
def grade(capsys: pytest.CaptureFixture[str]) -> Grade:
    return grade_in(capsys)


PULL = ("pull", "canvas", "--course-id", "42", "--into", "hw")


def test_the_summary_as_json(canvas: Canvas, grade: Grade) -> None:
    ran = grade(*PULL, "--json")
    assert ran.status == 0
    told = json.loads(ran.out)
    assert told["assignments"] == {"A (4711)": "01_a"}
    assert told["collected"]["attempts"] == 1
    assert (Path("hw") / "work" / "jane101" / "0001" / "files" / "length.py").is_file()


def test_what_needs_a_person_is_the_exit_status(canvas: Canvas, grade: Grade) -> None:
    canvas.files.clear()
    ran = grade(*PULL, "--plain")
    assert ran.status == 1
    assert "Canvas does not give it (404)" in " ".join(ran.out.split())


def test_nothing_shows_the_token(
    canvas: Canvas, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging

    for verbose in ((), ("-v",)):
        ours = logging.getLogger("grader")
        handlers, level = list(ours.handlers), ours.level
        runs = [grade(*verbose, *PULL)]
        monkeypatch.setenv("CANVAS_TOKEN", f"{TOKEN}x")
        runs.append(grade(*verbose, *PULL))
        monkeypatch.setenv("CANVAS_TOKEN", f"{TOKEN} x")
        runs.append(grade(*verbose, *PULL))
        monkeypatch.setenv("CANVAS_TOKEN", TOKEN)
        ours.handlers, ours.level = handlers, level
        assert [ran.status for ran in runs] == [0, 2, 2]
        assert TOKEN not in "".join(ran.out + ran.err for ran in runs)
    kept = b"".join(path.read_bytes() for path in Path.cwd().parent.rglob("*") if path.is_file())
    assert TOKEN.encode() not in kept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pull", "moodle", "--course-id", "42", "--into", "hw"), "moodle cannot be asked"),
        ((*PULL, "--assignment", "A"), "expected 'TITLE=UNIT'"),
        ((*PULL, "--assignment", "Z=01_a"), "no column 'Z'"),
        ((*PULL, "--assignment", "A=99"), "'99' is no unit"),
        ((*PULL, "--keep", "first"), "--keep first"),
        (("pull", "canvas", "--course-id", "7", "--into", "hw"), "the assignments of course 7"),
        ((*PULL, "--token-file", "none"), "--token-file none: No such file"),
    ],
)
def test_mistakes_are_sentences(
    words: tuple[str, ...], said: str, canvas: Canvas, grade: Grade
) -> None:
    ran = grade(*words)
    assert ran.status == 2
    assert said in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_without_canvasapi_it_says_what_to_install(
    canvas: Canvas, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "canvasapi", None)
    monkeypatch.setitem(sys.modules, "canvasapi.requester", None)
    ran = grade(*PULL)
    assert ran.status == 2
    assert "python -m pip install 'wxb[canvas]'" in ran.err
