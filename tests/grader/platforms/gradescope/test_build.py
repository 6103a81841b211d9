"""The zip for Gradescope, and its setup.sh."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.outline import Course
from grader.errors import UsageError
from grader.platforms.bundle import pinned
from grader.platforms.gradescope.build import build
from support import needs, wheels
from support.containers import Autograder, run
from support.courses import double
from support.files import change, write

WORK = {
    "double.py": "def double(x):\n    return x + 1\n",
    "half.py": "def half(x):\n    return x / 2\n",
}


def test_what_gradescope_asks_for_is_at_the_root(archive: Path) -> None:
    with zipfile.ZipFile(archive) as found:
        entries = {info.filename: info for info in found.infolist()}
    for name in ("setup.sh", "run_autograder"):
        assert stat.S_IMODE(entries[name].external_attr >> 16) == 0o755
        with zipfile.ZipFile(archive) as found:
            assert found.read(name).startswith(b"#!/usr/bin/env bash\n")
    names = set(entries)
    assert {"wxb.json", "requirements.txt", "constraints.txt"} <= names
    assert "course/tests/hidden/01_a/test_double.py" in names
    hidden = ("solutions", "tests", "misconceptions", "wheels")
    assert not any(name.startswith(f"handout/{tree}/") for name in names for tree in hidden)


def test_the_same_course_makes_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    build(Course.load(archive.parent / "course"), again, ())
    assert again.read_bytes() == archive.read_bytes()


def test_units_and_torch(own_course: Course, tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    built = build(own_course, out, ("magnitude",))
    assert (built.settings.exercises, built.settings.torch) == (("magnitude",), True)
    assert build(own_course, out, ("magnitude",), torch=False).settings.torch is False
    with zipfile.ZipFile(out) as found:
        assert not any("digits" in name for name in found.namelist() if "/data/" not in name)
        assert "torch" not in found.read("requirements.txt").decode().split()


def test_nothing_else_is_replaced(tmp_path: Path) -> None:
    course = Course.load(double.write(tmp_path / "course"))
    other = tmp_path / "submissions.zip"
    other.write_bytes(b"PK")
    for path, words in (
        (other, "it is no autograder of `grade`"),
        (tmp_path / "a.tar", "ends in .zip"),
        (tmp_path / "no" / "a.zip", "there is no such folder"),
    ):
        with pytest.raises(UsageError, match=words):
            build(course, path, ())
    assert other.read_bytes() == b"PK"


def test_a_handout_that_shows_what_is_hidden_is_not_built(tmp_path: Path) -> None:
    course = Course.load(double.write(tmp_path / "course"))
    suite = course.suite(next(iter(course.exercises)))
    write(tmp_path / "course" / "exercises" / "01_a", {"notes.txt": suite.read_text("utf-8")})
    with pytest.raises(UsageError, match="would show what is hidden"):
        build(course, tmp_path / "a.zip", ())
    assert not (tmp_path / "a.zip").exists()


# --- setup.sh -----------------------------------------------------------------------------------


def programs(folder: Path, **texts: str) -> str:
    """A PATH on which nothing else is but bash."""
    for name in ("bash", "basename", "readlink", "mkdir", "chmod"):
        found = shutil.which(name)
        assert found is not None
        folder.mkdir(exist_ok=True)
        (folder / name).symlink_to(found)
    for name, text in texts.items():
        (folder / name).write_text(f"#!{shutil.which('bash')}\n{text}\n", "utf-8")
        (folder / name).chmod(0o755)
    return str(folder)


def test_an_old_python_is_refused_and_a_newer_one_named(
    autograder: Autograder, tmp_path: Path
) -> None:
    old = '[ "$1" = --version ] && echo Python 3.10.12; [ "$1" = --version ]'
    path = programs(tmp_path / "bin", id="echo 1000", python3=old)
    ran = autograder.set_up(PATH=path)
    assert ran.returncode == 1
    assert "Python 3.11 or newer is needed, and this image has Python 3.10.12." in ran.stderr
    assert "choose the base image Ubuntu 24.04" in ran.stderr
    assert "python3.12-venv" in ran.stderr


def test_packages_of_the_system_that_are_missing_are_named(
    autograder: Autograder, tmp_path: Path
) -> None:
    bare = 'case "$2" in *ensurepip*|*seccomp*) exit 1;; esac'
    path = programs(tmp_path / "bin", id="echo 1000", **{"python3.12": bare})
    ran = autograder.set_up(PATH=path)
    assert ran.returncode == 1
    assert "are missing: python3.12-venv libseccomp2." in ran.stderr


def test_what_cannot_be_installed_ends_the_build(autograder: Autograder, tmp_path: Path) -> None:
    venv = 'case "$*" in *"-m venv"*) exit 7;; esac'
    path = programs(tmp_path / "bin", id="echo 1000", **{"python3.12": venv})
    assert autograder.set_up(PATH=path).returncode == 7


def _real() -> Iterator[Path]:
    """/autograder itself, where that is a machine that can be thrown away."""
    root = Path("/autograder")
    root.mkdir()
    root.rmdir()
    yield root
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(params=["prefix", "/autograder"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    if request.param == "prefix":
        yield tmp_path / "autograder"
        return
    if not needs.STRICT or os.geteuid() or os.path.lexists("/autograder"):
        pytest.skip("only root, where WXB_CI says so, makes /autograder, where there is none")
    yield from _real()


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of each library that wxb needs."""
    names = [name for name in pinned(["wxb"]) if name != "wxb"]
    return wheels.pack(names, tmp_path_factory.mktemp("wheels"))


@needs.lock
@pytest.mark.long
def test_from_the_zip_to_a_mark_as_gradescope_does_it(
    archive: Path, root: Path, packed: Path
) -> None:
    """A new environment is made from wheels of what is installed here; pip has no network."""
    autograder = Autograder(root, archive)
    ran = autograder.set_up(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(packed))
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.endswith("Isolation: full. The solutions pass.\n")
    assert stat.S_IMODE(autograder.source.stat().st_mode) == 0o700
    results = autograder.mark(WORK, PIP_NO_INDEX="1")
    assert results["score"] == 1.5
    assert results["extra_data"]["wxb"]["isolation"] == "full"
    if run("unshare", "-n", "true").returncode == 0:  # a network in which there is nothing
        autograder.results.unlink()
        environment = {} if root == Path("/autograder") else {"WXB_AUTOGRADER": str(root)}
        alone = run("unshare", "-n", autograder.root / "run_autograder", **environment)
        assert alone.returncode == 0, alone.stderr
        assert autograder.results.exists()
    change(autograder.source / "course" / "solutions" / "01_a" / "half.py", "x / 2", "x / 3")
    ran = run(root / "wxb/bin/python", "-I", "-m", "grader.platforms.gradescope.prove", root)
    assert ran.returncode == 1
