"""What crosses to a cluster arrives as it was, or is refused."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from grader.classroom.cluster.parcel import (
    Equipment,
    Kit,
    Order,
    Outcome,
    differences,
    kit_for,
    opened,
    packed,
    refused,
    unpack,
)
from grader.classroom.judges import Setup
from grader.classroom.plan import Options, Stop
from grader.course.digest import exercise_digests
from grader.course.outline import Course
from grader.errors import CourseError, Fault, GraderFault, IsolationError, UsageError, WxbError
from grader.grading.talk import decoded, encoded
from grader.handin.matching import match
from grader.handin.submission import Submission
from support import files
from support.courses import double

HERE = Equipment(
    "1.0", "aa", "3.12.4", "Linux x86_64", {"numpy": "2.1", "pytest": "8", "rich": "1"}
)


def setup(course: Course) -> Setup:
    return Setup(course, (), Options(), (), Stop())


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return kit_for(setup(Course.load(double.write(tmp_path / "course"))))


def test_a_course_arrives_with_all_that_decides_marks_and_no_more(tmp_path: Path, kit: Kit) -> None:
    here = Course.load(tmp_path / "course")
    digest, data = packed(kit)
    there = opened(data, digest)
    assert there == kit
    folder = tmp_path / "there"
    folder.mkdir()
    unpack(there.files, folder)
    course = msgspec.structs.replace(there.course, root=str(folder))
    assert exercise_digests(course) == exercise_digests(here) == kit.suites
    assert msgspec.structs.replace(course, root=here.root) == here
    assert {name.partition("/")[0] for name in kit.files} <= {
        "course.yaml", "exercises", "guide", "misconceptions", "solutions", "tests",
    }  # fmt: skip
    submission = Submission.from_sources({"mine.py": "def half(x):\n    return x\n"})
    assert match(course, submission) == match(here, submission)


def test_what_was_changed_on_the_way_is_refused(kit: Kit) -> None:
    digest, data = packed(kit)
    with pytest.raises(GraderFault, match="did not arrive as it was sent"):
        opened(data[:-1] + b"\x00", digest)


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x"])
def test_no_file_is_written_outside_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(GraderFault, match="outside of its folder"):
        unpack({name: b""}, tmp_path / "in")
    assert not (tmp_path / "x").exists()


def test_a_file_whose_name_is_no_text_is_named(tmp_path: Path) -> None:
    course = Course.load(double.write(tmp_path))
    (tmp_path / "data" / "double").mkdir(parents=True)
    (tmp_path / "data" / "double" / "odd\udce9.bin").write_bytes(b"1")
    with pytest.raises(UsageError, match="it cannot be sent to a cluster"):
        kit_for(setup(course))


def test_a_hand_in_arrives_with_notebooks_data_and_odd_names(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
        for source in ("x = 3\n", "def double(x):\n    return 2 * x\n", "double(x\n")
    ]
    book = {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    files.write(tmp_path / "ann", {
        "work.ipynb": json.dumps(book),
        "half.py": "'''\u202e'''\ndef half(x):\n    return open('d\u00e4ta.txt')\n",
        "d\u00e4ta.txt": "1",
    })  # fmt: skip
    (tmp_path / "ann" / "odd\udce9.py").write_text("x = 1\n")
    submission = Submission.from_path(tmp_path / "ann")
    assert submission.notebooks
    order = Order("digest", submission, ("double", "half"))
    assert decoded(encoded(order), Order) == order


@pytest.mark.parametrize(
    "error",
    [
        UsageError("other numpy"),
        IsolationError("The lock around student code cannot be had here: no Landlock."),
        CourseError([Fault(Path("tests/test_a.py"), 3, "no such test", "one")]),
    ],
)
def test_a_refusal_comes_back_as_the_error_that_it_was(error: WxbError) -> None:
    assert isinstance(error, UsageError | IsolationError | CourseError)
    back = decoded(encoded(refused("tcp://w:1", error)), Outcome).error()
    assert type(back) is type(error)
    assert str(back).endswith(str(error))
    assert isinstance(error, CourseError) or str(back).startswith("On the Dask worker tcp://w:1: ")


def there(**changes: object) -> Equipment:
    return msgspec.structs.replace(HERE, **changes)


@pytest.mark.parametrize(
    ("other", "wrong", "told"),
    [
        (HERE, [], []),
        (there(wxb="0.9", code="bb"), ["wxb 0.9 (here 1.0)"], []),
        (there(code="bb"), ["wxb 1.0 from other source files"], []),
        (there(python="3.11.4"), ["Python 3.11.4 (here 3.12.4)"], []),
        (there(python="3.12.9"), [], ["Python 3.12.9 (here 3.12.4)"]),
        (there(machine="Linux aarch64"), [], ["Linux aarch64 (here Linux x86_64)"]),
        (
            there(libraries={"numpy": "2.2", "pytest": "8", "torch": "2", "pandas": "3"}),
            ["numpy 2.2 (here 2.1)", "torch 2 (here missing)"],
            ["pandas 3 (here missing)", "rich missing (here 1)"],
        ),
    ],
)
def test_what_may_not_differ_and_what_is_told(
    other: Equipment, wrong: list[str], told: list[str]
) -> None:
    assert differences(HERE, other, torch=True) == (wrong, told)
    without = [each for each in wrong if not each.startswith("torch")]
    assert differences(HERE, other, torch=False) == (without, told)


def test_here_names_what_is_installed() -> None:
    here = Equipment.here()
    assert {"numpy", "pytest", "msgspec"} <= here.libraries.keys()
    assert "wxb" not in here.libraries
    assert Equipment.here() is here


def test_what_a_package_carries_inside_itself_is_no_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """setuptools puts a folder of its own on the path when it is loaded."""
    inside = tmp_path / "setuptools" / "_vendor"
    told = inside / "carried-1.0.dist-info" / "METADATA"
    told.parent.mkdir(parents=True)
    told.write_text("Metadata-Version: 2.1\nName: carried\nVersion: 1.0\n", "utf-8")
    monkeypatch.syspath_prepend(str(inside))
    Equipment.here.cache_clear()
    try:
        libraries = Equipment.here().libraries
    finally:
        Equipment.here.cache_clear()
    assert "carried" not in libraries
    assert "numpy" in libraries
