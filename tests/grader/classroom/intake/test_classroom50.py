"""Clones: whose they are by their names, when by git's own files, with nothing of theirs run."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from support.collecting import Class, Put
from support.lms import MAGNITUDE, clone

COMMITTED = int(datetime.datetime(2027, 2, 1, 9, tzinfo=datetime.UTC).timestamp())
WORK = {"magnitude.py": MAGNITUDE}


def test_names_times_and_tags(room: Class, tmp_path: Path) -> None:
    root = tmp_path / "clones"
    clone(root / "la-vectors-jane-doe", WORK, COMMITTED)
    clone(root / "la-vectors-roe", WORK, COMMITTED, tag="2027-02-01T10-20-30Z")
    room.collect(root)
    assert room.summary.sources[0].kind == "classroom50"
    assert sorted(room.attempts) == ["jane-doe", "roe"]
    at = room.attempts["jane-doe"].at
    assert at is not None
    assert at.isoformat() == "2027-02-01T10:00:00+01:00"
    assert room.attempts["roe"].at == datetime.datetime(2027, 2, 1, 10, 20, 30, tzinfo=datetime.UTC)
    assert room.files("roe") == WORK
    assert not list(room.root.rglob(".git"))


def test_the_roster_tells_where_a_user_s_name_begins(room: Class, put: Put, tmp_path: Path) -> None:
    clone(tmp_path / "c" / "la-vectors-jane-doe", WORK, COMMITTED)
    roster = put("r.csv", "student,name,github\nj1,Jane Doe,Jane-Doe\nd2,D,doe-x\n")
    room.collect(tmp_path / "c", rosters=(roster,))
    assert (list(room.attempts), room.summary.problems) == (["j1"], ())


def test_another_commit_is_another_attempt(room: Class, tmp_path: Path) -> None:
    clone(tmp_path / "c" / "la-v-a", WORK, COMMITTED)
    clone(tmp_path / "c" / "la-v-b", WORK, COMMITTED)
    room.collect(tmp_path / "c")
    shutil.rmtree(tmp_path / "c" / "la-v-a")
    clone(tmp_path / "c" / "la-v-a", {"magnitude.py": b"x = 2\n"}, COMMITTED + 60)
    room.collect(tmp_path / "c")
    assert room.summary.attempts == 3
    assert room.files("a") == {"magnitude.py": b"x = 2\n"}


def test_a_class_in_a_repository_of_its_own_is_no_clone(room: Class, put: Put) -> None:
    put("c/jdoe/magnitude.py", MAGNITUDE)
    put("c/roe/magnitude.py", MAGNITUDE)
    put("c/roster.csv", "student\njdoe\n")
    room.collect(put("c/.git/HEAD", "x").parents[1])
    assert room.summary.sources[0].kind == "folder"
    assert sorted(room.attempts) == ["jdoe", "roe"]
    assert room.summary.notes == ("c: roster.csv is a list or a note, and was left out.",)


def test_one_clone_alone(room: Class, tmp_path: Path) -> None:
    clone(tmp_path / "la-v-jdoe", WORK, COMMITTED)
    room.collect(tmp_path / "la-v-jdoe")
    (attempt,) = room.attempts.values()
    assert (attempt.source, attempt.at is None) == ("classroom50", False)
    assert room.files(attempt.student) == WORK


def test_result_json_names_the_owner(room: Class, put: Put) -> None:
    result = (
        '{"schema": "classroom50/result/v1", "owner": "jdoe", "datetime": "2027-02-01T10:20:30Z"}'
    )
    put("c/whatever/result.json", result)
    put("c/whatever/magnitude.py", MAGNITUDE)
    put("c/other/magnitude.py", MAGNITUDE)
    room.collect(put("c/other/x.txt", "x").parents[1])
    assert room.attempts["jdoe"].at == datetime.datetime(
        2027, 2, 1, 10, 20, 30, tzinfo=datetime.UTC
    )
    assert room.files("jdoe") == WORK
    assert "no time" in room.problems()["other"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_commit_in_a_pack_is_read_and_nothing_of_the_clone_is_run(
    room: Class, tmp_path: Path
) -> None:
    """git itself makes the clone; its configuration would start a program at every command."""
    place = tmp_path / "c" / "la-v-jdoe"
    place.mkdir(parents=True)
    (place / "magnitude.py").write_bytes(MAGNITUDE)
    env = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_COMMITTER_DATE": f"{COMMITTED} -0330", "GIT_AUTHOR_DATE": f"{COMMITTED} -0330",
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")},
    }  # fmt: skip
    for command in ("init -q -b main", "add .", "commit -qm x", "gc -q", "pack-refs --all"):
        subprocess.run(["git", *command.split()], cwd=place, env=env, check=True)
    ran = tmp_path / "ran"
    config = place / ".git" / "config"
    config.write_text(
        config.read_text() + f"[core]\n\tfsmonitor = touch {ran}\n\tpager = touch {ran}\n"
        f"[gpg]\n\tprogram = touch {ran}\n[log]\n\tshowSignature = true\n"
    )
    room.collect(tmp_path / "c", kind="classroom50")
    at = next(iter(room.attempts.values())).at
    assert at is not None
    assert at.isoformat() == "2027-02-01T05:30:00-03:30"
    assert not ran.exists()
