"""Which files a worker may read."""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

import pytest

from grader.errors import IsolationError
from grader.sandbox.lock.paths import readable_paths, refuse


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with its environment beside it, and the folder a package was installed from."""
    root = tmp_path.resolve() / "course"
    for name in ("solutions", ".venv/lib/python3/site-packages", "src"):
        (root / name).mkdir(parents=True)
    return root


def test_reads_python_and_what_is_installed(course: Path) -> None:
    elsewhere = course.parent / "elsewhere"
    elsewhere.mkdir()
    found = readable_paths([str(elsewhere)], [str(course)])
    assert str(elsewhere) in found
    for needed in (sysconfig.get_path("stdlib"), "/usr/lib", "/dev/null", "/dev/urandom"):
        real = os.path.realpath(needed)
        assert any(real == path or real.startswith(path + "/") for path in found), needed
    assert all(os.path.isabs(path) and os.path.exists(path) for path in found)
    assert all(path == os.path.realpath(path) for path in found)


def test_none_lies_inside_another(course: Path) -> None:
    (course.parent / "a/b").mkdir(parents=True)
    (course.parent / "ab").mkdir()
    names = [str(course.parent / name) for name in ("a", "a/b", "ab", "a/../a")]
    found = [path for path in readable_paths(names, []) if path.startswith(str(course.parent))]
    assert found == [names[0], names[2]]


@pytest.mark.parametrize("entry", ["", ".", "solutions", "/nowhere/at/all"])
def test_leaves_out_what_is_relative_or_missing(entry: str, course: Path) -> None:
    assert readable_paths([entry], []) == readable_paths([], [])


def test_leaves_out_what_holds_the_course(course: Path) -> None:
    """Such as the folder that an editable install puts on the path; links are followed."""
    link = course.parent / "link"
    link.symlink_to(course)
    for entry in (course, course.parent, link, link / ".."):
        for protected in (course, course / "solutions", link / "solutions"):
            assert readable_paths([str(entry)], [str(protected)]) == readable_paths([], [])


def test_leaves_out_what_lies_in_the_course(course: Path) -> None:
    """All but the packages of an environment that lies there."""
    packages = course / ".venv/lib/python3/site-packages"
    found = readable_paths([str(course / "src"), str(packages)], [str(course)])
    assert str(packages) in found
    assert str(course / "src") not in found
    refuse(found, [str(course)])


def test_a_name_that_only_begins_alike_stays(course: Path) -> None:
    other = course.parent / "course-tools"
    other.mkdir()
    assert str(other) in readable_paths([str(other)], [str(course)])


@pytest.mark.parametrize("inside", [".", "solutions", "not/there/yet"])
def test_refuses_a_course_among_the_packages(course: Path, inside: str) -> None:
    """Both are named, so that one of them can be moved."""
    link = course.parent / "link"
    link.symlink_to(course)
    for folder in (course, link):
        with pytest.raises(IsolationError) as caught:
            refuse([str(folder)], [str(link / inside)])
        assert str(course) in str(caught.value)
        assert str((course / inside).resolve()) in str(caught.value)


def test_refuses_nothing_else(course: Path) -> None:
    beside = [str(course / "src"), f"{course}x"]
    assert not is_refused(beside, [str(course), str(course / "solutions")])
    assert not is_refused([], [str(course)])
    assert is_refused([*beside, str(course)], [str(course / "solutions")])


def is_refused(readable: list[str], protected: list[str]) -> bool:
    try:
        refuse(readable, protected)
    except IsolationError:
        return True
    return False
