"""`grade batch`: what it prints, its exit status, and how it is stopped."""

from __future__ import annotations

import json
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.classroom.batched import Concern
from grader.cli.screens.batched import print_concern
from grader.cli.screens.screen import Screen
from support.batching import DOUBLE, HALF, LOOP, Room
from support.commands import Grade, grade_in


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setenv("WXB_GRADEBOOK", str(tmp_path / "marks.db"))
    monkeypatch.setenv("COLUMNS", "80")
    found = Room(tmp_path)
    monkeypatch.chdir(tmp_path)
    return found


@pytest.fixture
def run(room: Room, capsys: pytest.CaptureFixture[str]) -> Grade:
    """`grade ARGS…` beside the course."""
    grade = grade_in(capsys)
    return lambda *args: grade(*args, "--course", "course")


def test_a_class_is_judged_and_a_second_run_says_that_it_was(run: Grade) -> None:
    ran = run("batch", "hw")
    assert ran.status == 0
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert lines[:3] == ["hw 4 of 4 hand-ins", "judged now 3", "as others that were judged 1"]
    assert lines[3].startswith("4 exercises judged, 4 known from before, in ")
    assert lines[-2].endswith("marks.db")
    assert lines[-1] == "Then: grade marks --course course"
    assert "4 of 4: " in ran.err
    ran = run("batch", "hw")
    assert (ran.status, " ".join(ran.out.split()[:7])) == (0, "hw 4 of 4 hand-ins settled before")
    assert "Ann" not in ran.out
    assert "ann" in run("marks").out


def test_as_json_nothing_else_is_printed(run: Grade, room: Room) -> None:
    room.add({"eve": {"notes.py": "x = 1\n"}})
    ran = run("batch", "hw", "--json", "--jobs", "2")
    found = json.loads(ran.out)
    assert (ran.status, ran.err) == (1, "")
    assert found["format"] == 1
    assert found["tally"]["total"] == 5
    assert found["concerns"] == [
        {
            "student": "eve",
            "where": "work/eve/0001/files",
            "kind": "empty",
            "what": "Nothing in it is for double, half; in it is notes.py.",
        }
    ]


def test_who_needs_a_person_is_one_line(run: Grade, room: Room) -> None:
    room.add({"eve": {"double.py": LOOP}})
    ran = run("batch", "hw")
    assert ran.status == 1
    assert "eve: double: timed out.  work/eve/0001/files" in ran.out.splitlines()
    assert "1 hand-in to look at: named above." in ran.out


def test_a_zip_is_collected_first_and_it_says_where(run: Grade, tmp_path: Path) -> None:
    shutil.make_archive("all", "zip", tmp_path / "in0")
    ran = run("batch", "all.zip")
    assert ran.status == 0
    assert ran.out.startswith("all ")
    assert "Grade it:" not in ran.out  # for it does
    assert "4 of 4 hand-ins" in ran.out
    ran = run("batch", "all.zip", "--json")
    assert (json.loads(ran.out)["unpacked"], json.loads(ran.out)["tally"]["settled"]) == ("all", 4)


def test_what_could_not_be_collected_of_a_zip_needs_a_person_too(
    run: Grade, tmp_path: Path
) -> None:
    (tmp_path / "in0/ann/more.zip").write_bytes(b"PK\x03\x04 no zip")
    shutil.make_archive("all", "zip", tmp_path / "in0")
    ran = run("batch", "all.zip", "--json")
    found = json.loads(ran.out)
    assert (ran.status, found["tally"]["judged"] + found["tally"]["reused"]) == (1, 4)
    [problem] = found["collecting"]
    assert problem.startswith("ann: ")


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("gone",), "gone: there is no such folder or zip"),
        (("in0",), "Collect what is in it first: grade collect in0 --into hw/, then:"),
        (("in0/ann/double.py",), "is neither a collected class nor a zip"),
        (("hw", "--only", "doubel"), "Did you mean double?"),
        (("hw", "--without", "numpy"), "--without numpy: expected torch"),
        (("hw", "--roster", "x.csv"), "--roster and --unit are for a zip"),
        (("hw", "--isolation", "some"), "--isolation some: expected full or none"),
    ],
)
def test_what_cannot_be_asked_for_is_usage(run: Grade, args: tuple[str, ...], what: str) -> None:
    ran = run("batch", *args)
    assert (ran.status, ran.out) == (2, "")
    assert what in ran.err
    assert "Traceback" not in ran.err


def test_ctrl_c_ends_after_the_hand_in_in_hand_and_says_how_to_go_on(tmp_path: Path) -> None:
    room = Room(tmp_path, {
        "ann": {"double.py": DOUBLE, "half.py": HALF},
        **{f"s{i}": {"double.py": f"{LOOP}# {i}\n", "half.py": HALF} for i in range(4)},
    })  # fmt: skip
    with subprocess.Popen(
        room.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as ran:
        assert ran.stderr is not None
        assert ran.stderr.readline().startswith("1 of 5: 1 judged")
        ran.send_signal(signal.SIGINT)
        out, err = ran.communicate(timeout=60)
    assert ran.returncode == 130
    assert "Stopping after the hand-ins that are being judged" in err
    line = out.splitlines()[-1]
    assert line.startswith("Stopped. To go on:  grade batch ")
    # What is told to be typed goes on in the same gradebook, and as before.
    assert shlex.split(line)[5:] == room.command()[room.command().index("batch") :]
    done = len(room.kept()) // 2
    assert 1 <= done < 5
    assert f"{done} of 5 hand-ins" in out


def test_hostile_text_is_plain_on_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}x\ny\x07"
    print_concern(Screen(plain=True), Concern(evil, evil, "unread", evil))
    out = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\N{RIGHT-TO-LEFT OVERRIDE}"} & set(out)
    assert out.count("\n") == 1


def test_a_handout_marks_nothing(run: Grade, room: Room, tmp_path: Path) -> None:
    release(room.course, tmp_path / "course-out")
    shutil.rmtree(room.course.root)
    shutil.move(tmp_path / "course-out", room.course.root)
    ran = run("batch", "hw")
    assert ran.status == 2
    assert "is a handout, without hidden tests" in ran.err


def test_its_help_has_an_example(run: Grade) -> None:
    assert "grade batch hw/" in run("batch", "--help").out
