"""docs/jupyterhub.md: its commands work as they are written, on an exchange and a Canvas sheet."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from grader import Course
from grader.notebook import warm
from support import needs
from support.commands import Grade, Ran, grade_in
from support.courses import double
from support.lms import nbgrader_inbound, nbgrader_submitted
from support.places import ROOT
from tools.lms import Student, canvas_sheet

TEXT = (ROOT / "docs" / "jupyterhub.md").read_text("utf-8")
RELEASED, MARKED, CORRECTED = (
    [shlex.split(line.removeprefix("$ grade ")) for line in block.splitlines()]
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
)
CLASS = [
    Student(first, last, 100 + n, f"S{n}", f"{last.lower()}{n}", f"{n}@example.org", "Mon", n)
    for n, (first, last) in enumerate([("Jane", "Doe"), ("Rick", "Roe"), ("Edgar", "Poe")], 1)
]
RIGHT = "def double(x):\n    return 2 * x\n\n\ndef half(x):\n    return x / 2\n"
WRONG = "def double(x):\n    return x + 1\n"
#: What else the same commands read.
OTHERS, LONG = ("submitted", "homes"), pytest.mark.long
OLD, NEW = "2027-01-31 09:00:00.000000 UTC", "2027-02-01 10:20:30.705069 UTC"


def notebook(*cells: str) -> bytes:
    made = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": text,
        }
        for number, text in enumerate(cells)
    ]
    book = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book).encode()


@pytest.fixture
def grade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    """In the course's folder, with Canvas's sheet in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    monkeypatch.chdir(double.write(tmp_path / "course"))
    Path("gradebook.csv").write_text(canvas_sheet(CLASS, "A", "4.00"), "utf-8-sig")
    return grade_in(capsys)


def type_in(grade: Grade, lines: list[list[str]], *changes: str) -> dict[str, Ran]:
    """Run each line, in which `old, new, …` are replaced; by the command's name."""
    pairs = dict(zip(changes[::2], changes[1::2], strict=True))
    ran = {line[0]: grade(*(pairs.get(word, word) for word in line)) for line in lines}
    for name, each in ran.items():
        assert each.status == 0, (name, each.out, each.err)
    return ran


@needs.lock
@pytest.mark.parametrize("kind", ["inbound", *(pytest.param(k, marks=LONG) for k in OTHERS)])
def test_from_the_exchange_to_canvas(grade: Grade, kind: str) -> None:
    jane, rick, _ = CLASS  # the third hands in nothing
    source = Path("exchange/la/inbound")
    if kind == "inbound":
        for at, text in ((OLD, WRONG), (NEW, RIGHT)):
            nbgrader_inbound(source, jane.login, "01_a", at, {"01_a.ipynb": notebook(text)})
        nbgrader_inbound(source, rick.login, "01_a", OLD, {"01_a.ipynb": notebook(WRONG)})
    elif kind == "submitted":
        source = Path("submitted")
        for who, text in ((jane, RIGHT), (rick, WRONG)):
            files = {"01_a.ipynb": notebook(text)}
            nbgrader_submitted(source, who.login, "01_a", NEW, files)
    else:
        source = Path("homes")
        for who, text in ((jane, RIGHT), (rick, WRONG)):
            (source / who.login).mkdir(parents=True)
            (source / who.login / "01_a.ipynb").write_bytes(notebook(text))
    came = {"inbound": "nbgrader", "submitted": "nbgrader", "homes": "folder"}[kind]
    ran = type_in(grade, MARKED, "exchange/la/inbound", str(source), "nbgrader", came)
    assert "2 of 2 hand-ins" in ran["batch"].out
    with open("upload.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["SIS Login ID"]: row["A (4711)"] for row in csv.DictReader(file)}
    assert (rows["doe1"], rows["roe2"], rows["poe3"]) == ("4.00", "0.00", "")
    assert sorted(path.name for path in Path("feedback").glob("*.html"))[0].startswith("doe1")
    again = type_in(grade, MARKED[:3], "exchange/la/inbound", str(source), "nbgrader", came)
    assert "judged now" not in again["batch"].out


@needs.lock
def test_a_corrected_lesson_reaches_who_has_begun(
    grade: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course, home = Path.cwd(), tmp_path / "wxb"
    lesson = course / "exercises" / "01_a" / "README.md"
    lesson.write_text("# A\n\nTwice is x + 1.\n", "utf-8")
    type_in(grade, RELEASED)
    shutil.copytree(tmp_path / "handout", home)
    unit = home / "exercises" / "01_a"
    work = (unit / "double.py").read_text("utf-8").replace("raise NotImplementedError", "return 7")
    (unit / "double.py").write_text(work, "utf-8")
    (unit / "mine.ipynb").write_bytes(notebook(RIGHT))
    running = warm.grader(home)  # of a kernel that has checked already

    lesson.write_text("# A\n\nTwice is x + x.\n", "utf-8")
    solution = course / "solutions" / "01_a" / "half.py"
    text = solution.read_text("utf-8").replace(
        ">>> half(2.0)\n        1.0", ">>> half(3.0)\n        1.5"
    )
    solution.write_text(text, "utf-8")
    type_in(grade, [["sync"], CORRECTED[0]])
    monkeypatch.chdir(home)
    told = type_in(grade, CORRECTED[1:])["update"].out
    assert "exercises/01_a/double.py was written in, so it stays as it is." in told
    assert (unit / "README.md").read_text("utf-8") == lesson.read_text("utf-8")
    assert (unit / "double.py").read_text("utf-8") == work
    assert (unit / "mine.ipynb").read_bytes() == notebook(RIGHT)
    assert "half(3.0)" in (unit / "half.py").read_text("utf-8")
    try:
        assert warm.grader(home) is not running
    finally:
        warm.close()


@needs.lock
def test_notes_in_a_lesson_are_kept(
    grade: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = Path("exercises/01_a/README.md")
    lesson.write_text("# A\n", "utf-8")
    type_in(grade, RELEASED)
    home = Path(shutil.copytree(tmp_path / "handout", tmp_path / "wxb"))
    noted = home / "exercises" / "01_a" / "README.md"
    noted.write_text("# A\n\nmy notes\n", "utf-8")
    lesson.write_text("# A, corrected\n", "utf-8")
    type_in(grade, CORRECTED[:1])
    monkeypatch.chdir(home)
    type_in(grade, CORRECTED[1:])
    assert noted.read_text("utf-8") == "# A, corrected\n"
    kept = [path.read_text("utf-8") for path in (home / "saved").rglob("*.md")]
    assert kept == ["# A\n\nmy notes\n"]


def test_there_are_five_commands() -> None:
    assert [line[0] for line in MARKED] == ["collect", "batch", "marks", "export", "feedback"]
    assert Course.load(ROOT).exercise("magnitude") is not None


@needs.lock
def test_a_second_roster_says_whose_a_hub_s_name_is(grade: Grade) -> None:
    source = Path("exchange/la/inbound")
    nbgrader_inbound(source, "jupyter-jane", "01_a", NEW, {"01_a.ipynb": notebook(RIGHT)})
    Path("hub.csv").write_text("login,hub\ndoe1,jupyter-jane\n", "utf-8")
    joined = grade(*MARKED[0], "--roster", "hub.csv")
    assert joined.status == 0, joined.out
    ran = type_in(grade, MARKED[1:4])
    assert re.search(r"Jane Doe.* 4 of 4", ran["marks"].out), ran["marks"].out


def test_a_second_roster_that_comes_too_late_says_what_to_do(grade: Grade) -> None:
    source = Path("exchange/la/inbound")
    nbgrader_inbound(source, "jupyter-jane", "01_a", NEW, {"01_a.ipynb": notebook(RIGHT)})
    assert "jupyter-jane is not on the roster." in grade(*MARKED[0]).out
    Path("hub.csv").write_text("login,hub\ndoe1,jupyter-jane\n", "utf-8")
    told = " ".join(grade(*MARKED[0], "--roster", "hub.csv").out.split())
    assert "If they are one, collect into a new folder, with this sheet from the start." in told
