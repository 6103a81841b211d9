"""What decides marks: change it, and the exercise's digest changes; change all else, it stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import digest
from grader.course.digest import decisive_files, exercise_digests, suite_digest
from grader.course.outline import Course

COURSE = """format: 1
title: Small
limits: {call: 1s, exercise: 5s, memory: 256MiB, output: 4KiB}
feedback: {hidden: title}
late: {grace: 15min, lose: 10%, every: 1d, at_most: 50%}
units:
  - id: u
    title: Unit
    due: 2027-02-01T23:59:00+01:00
    exercises:
      - id: alone
        title: Alone?
        forbidden: [numpy.dot]
        tests: {test_a: 1, test_b: 0.5}
      - id: builds
        title: On others?
        tests: {test_a: 2}
  - id: w
    title: Other unit
    exercises:
      - id: base
        title: A base?
        tests: {test_a: 1}
      - id: deep
        title: Deep?
        tests: {test_a: 1}
      - id: free
        title: Free?
        tests: {test_a: 1}
"""

EMPTY = "def f():\n    return 1\n"
TEST = "\n\ndef test_a(student):\n    pass\n"
TWO = TEST + TEST.replace("_a", "_b")
#: What `builds` leads to: base by its suite, base's helper deep, a helper beside, one above.
FILES = {
    "course.yaml": COURSE,
    "README.md": "# Small\n",
    "exercises/u/README.md": "# Unit\n",
    "tests/conftest.py": "",
    "tests/hidden/conftest.py": "from .shared import thing\n",
    "tests/hidden/shared.py": "thing = 1\n",
    "tests/hidden/u/__init__.py": "",
    "tests/hidden/u/helper.py": "import numpy as np\nfrom ..more import other\n",
    "tests/hidden/more.py": "other = 1\n",
    "tests/hidden/u/unused.py": "",
    "tests/hidden/w/conftest.py": "x = 1\n",
    "tests/hidden/u/test_alone.py": f"from grader import assert_close\n{TWO}",
    "tests/hidden/u/test_builds.py": f"import base{TEST}    from . import helper\n",
    "tests/hidden/w/test_base.py": TEST,
    "tests/hidden/w/test_deep.py": TEST,
    "tests/hidden/w/test_free.py": 'import importlib\nimportlib.import_module("al" + "one")\n'
    + TEST,
    "solutions/w/base.py": "from deep import f\n",
    "solutions/w/deep.py": EMPTY,
    "solutions/w/free.py": EMPTY,
    "solutions/u/alone.py": EMPTY,
    "solutions/u/builds.py": EMPTY,
    "misconceptions/u/alone.py": "class A:\n    'B'\n",
    "misconceptions/w/base.py": "class B:\n    'B'\n",
    "exercises/u/alone.py": EMPTY,
    "exercises/u/builds.py": EMPTY,
    "tests/accepts/u/alone/other.py": EMPTY,
    "tests/equivalents/u/alone.yaml": "",
    "data/alone/numbers.csv": "1\r\n2\r\n",
    "data/alone/more/numbers.csv": "3\n",
    "data/alone/train.py": "import free\n",
    "data/deep/table.npz": "\0\1",
    "data/shared/table.csv": "1\n",
    "data/README.md": "Data.\n",
}
_CONFTEST = {"tests/hidden/conftest.py", "tests/hidden/shared.py"}
_TREES = {
    name
    for name in FILES
    if name.startswith(("tests/hidden/", "solutions/", "misconceptions/", "data/"))
}
DECISIVE = {
    "alone": {
        "tests/hidden/u/test_alone.py", "tests/hidden/u/__init__.py", "solutions/u/alone.py",
        "misconceptions/u/alone.py", "data/alone/numbers.csv", "data/alone/more/numbers.csv",
        "data/alone/train.py", *_CONFTEST,
    },
    "builds": {
        "tests/hidden/u/test_builds.py", "tests/hidden/u/__init__.py", "solutions/u/builds.py",
        "tests/hidden/u/helper.py", "tests/hidden/more.py", "solutions/w/base.py",
        "solutions/w/deep.py", "data/deep/table.npz", *_CONFTEST,
    },
    "base": {
        "tests/hidden/w/test_base.py", "tests/hidden/w/conftest.py", "solutions/w/base.py",
        "misconceptions/w/base.py", "solutions/w/deep.py", "data/deep/table.npz", *_CONFTEST,
    },
    "deep": {
        "tests/hidden/w/test_deep.py", "tests/hidden/w/conftest.py", "solutions/w/deep.py",
        "data/deep/table.npz", *_CONFTEST,
    },
    "free": _TREES,
}  # fmt: skip
#: Files that import others.
LEADING = {
    "tests/hidden/conftest.py", "tests/hidden/u/helper.py", "tests/hidden/u/test_builds.py",
    "tests/hidden/w/test_free.py", "solutions/w/base.py",
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("a course") / "root"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root.resolve()


@pytest.fixture
def copied(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "copy"))


def digests(root: Path) -> dict[str, str]:
    return exercise_digests(Course.load(root))


def changed(root: Path, name: str, data: bytes | None) -> set[str]:
    """The exercises whose digests change with a file; it is put back afterwards."""
    path = root / name
    course = Course.load(root)
    before, old = exercise_digests(course), path.read_bytes() if path.is_file() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    try:
        after = digests(root) if name == "course.yaml" else exercise_digests(course)
    finally:
        if old is None:
            path.unlink()
        else:
            path.write_bytes(old)
    assert exercise_digests(course) == before
    return {exercise for exercise in before if before[exercise] != after[exercise]}


def test_the_files_of_each_exercise_are_known(small: Path) -> None:
    course = Course.load(small)
    for exercise in course.exercises:
        files = [path.relative_to(small).as_posix() for path in decisive_files(course, exercise)]
        assert files == sorted(DECISIVE[exercise.id]), exercise.id


@given(st.sampled_from(sorted(FILES.keys() - {"course.yaml"})), st.binary(min_size=1, max_size=8))
def test_a_file_decides_the_marks_of_those_that_use_it_and_of_nobody_else(
    small: Path, name: str, more: bytes
) -> None:
    expected = {exercise for exercise, files in DECISIVE.items() if name in files}
    # No byte of a comment, and no line end, can begin an import.
    text = b"# " + more.replace(b"\r", b"").replace(b"\n", b"") + b"\n"
    assert changed(small, name, (small / name).read_bytes() + text) == expected


@pytest.mark.parametrize("name", sorted(FILES.keys() - {"course.yaml"}))
def test_every_file_of_the_course_is_tried(small: Path, name: str) -> None:
    expected = {exercise for exercise, files in DECISIVE.items() if name in files}
    assert changed(small, name, (small / name).read_bytes() + b"# more\n") == expected
    if name not in LEADING:  # without these, others are no longer found
        assert changed(small, name, None) == expected


NEW: dict[str, set[str]] = {
    "data/builds/new.bin": {"builds", "free"},
    "data/deep/new/new.bin": {"builds", "base", "deep", "free"},
    "data/nobody/new.bin": {"free"},
    "tests/hidden/u/conftest.py": {"alone", "builds", "free"},
    "tests/hidden/w/new.py": {"free"},
    "misconceptions/u/builds.py": {"builds", "free"},
    "tests/hidden/base.py": {"builds", "free"},
    "tests/hidden/w/__pycache__/x.pyc": set(),
    "data/alone/__pycache__/x.pyc": set(),
    "notes.txt": set(),
    "deep.py": {"base", "builds", "free"},
    "numpy.py": set(),
    "grader/__init__.py": set(),
}


@pytest.mark.parametrize("name", NEW)
def test_a_new_file_counts_where_it_would_be_found(small: Path, name: str) -> None:
    assert changed(small, name, b"# new\n") == NEW[name]


def test_hooks_of_any_conftest_are_asked_about_every_test(small: Path) -> None:
    hook = b"def pytest_collection_modifyitems(items):\n    items.reverse()\n"
    assert changed(small, "tests/hidden/w/conftest.py", hook) == set(DECISIVE)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"\n", b"\r"),
        lambda text: b"\xef\xbb\xbf" + text,
    ],
)
def test_line_ends_and_encoding_of_modules_make_no_difference(
    small: Path, change: Callable[[bytes], bytes]
) -> None:
    for name in ("solutions/w/deep.py", "tests/hidden/u/helper.py", "data/alone/train.py"):
        assert changed(small, name, change((small / name).read_bytes())) == set()
    assert "alone" in changed(small, "data/alone/numbers.csv", b"1\n2\n"), "data is what it is"


SETTINGS: list[tuple[str, str, set[str]]] = [
    ("title: Small", "title: Smaller", set(DECISIVE)),  # it is part of every seed
    ("call: 1s", "call: 2s", set(DECISIVE)),
    ("exercise: 5s", "exercise: 6s", set(DECISIVE)),
    ("memory: 256MiB", "memory: 257MiB", set(DECISIVE)),
    ("output: 4KiB", "output: 5KiB", set(DECISIVE)),
    ("[numpy.dot]", "[numpy.inner]", {"alone"}),
    ("[numpy.dot]", "[numpy.dot, math.dist]", {"alone"}),
    ("{test_a: 1, test_b: 0.5}", "{test_b: 0.5, test_a: 1}", {"alone"}),
    ("{test_a: 1, test_b: 0.5}", "{test_a: 7, test_b: 0.25}", set()),
    ("title: Alone?", "title: All alone?", set()),
    ("title: Unit", "title: The unit", set()),
    ("due: 2027-02-01T23:59:00+01:00", "due: 2027-02-02T23:59:00+01:00", set()),
    ("lose: 10%", "lose: 20%", set()),
    ("hidden: title", "hidden: nothing", set()),
    ("format: 1", "# A comment.\nformat: 1", set()),
]


@pytest.mark.parametrize(("old", "new", "expected"), SETTINGS)
def test_of_course_yaml_counts_what_decides_marks(
    small: Path, old: str, new: str, expected: set[str]
) -> None:
    assert old in COURSE
    assert changed(small, "course.yaml", COURSE.replace(old, new, 1).encode()) == expected


def test_a_test_more_or_less_decides(small: Path) -> None:
    course = Course.load(small)
    unit, other = course.units
    fewer = msgspec.structs.replace(unit.exercises[0], tests={"test_a": Decimal(1)})
    units = (msgspec.structs.replace(unit, exercises=(fewer, *unit.exercises[1:])), other)
    before = exercise_digests(course)
    after = exercise_digests(msgspec.structs.replace(course, units=units))
    assert [name for name in before if before[name] != after[name]] == ["alone"]


def test_the_place_of_a_course_makes_no_difference(small: Path, copied: Path) -> None:
    assert digests(small) == digests(copied)


def test_another_grader_marks_anew(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests(small)
    monkeypatch.setattr(digest, "__version__", "99")
    assert not set(before.values()) & set(digests(small).values())


def test_the_whole_is_made_of_its_exercises(small: Path) -> None:
    course = Course.load(small)
    before = suite_digest(course)
    for name in FILES.keys() - {"course.yaml"}:
        path = small / name
        old = path.read_bytes()
        path.write_bytes(old + b"# more\n")
        decides = any(name in files for files in DECISIVE.values())
        assert (suite_digest(course) != before) == decides, name
        path.write_bytes(old)


@pytest.fixture
def handout(copied: Path) -> Course:
    text = "handout: true\n" + COURSE.replace("tests: {test_a: 2}", "points: 2")
    text = text.replace("tests: {test_a: 1}", "points: 1")
    text = text.replace("tests: {test_a: 1, test_b: 0.5}", "points: 1.5")
    text = text.replace("feedback: {hidden: title}\n", "")
    for tree in ("solutions", "misconceptions", "tests"):
        shutil.rmtree(copied / tree)
    (copied / "course.yaml").write_text(text, "utf-8")
    (copied / "guide" / "u").mkdir(parents=True)
    (copied / "guide" / "u" / "alone.json").write_text('{"format": 1}', "utf-8")
    return Course.load(copied)


def test_in_a_handout_the_guide_decides(handout: Course) -> None:
    root = Path(handout.root)
    guide = root / "guide" / "u" / "alone.json"
    exercise = handout.exercise("alone")
    assert exercise is not None
    assert guide in decisive_files(handout, exercise)
    before = exercise_digests(handout)
    guide.write_text('{"format": 1, "why": "So."}', "utf-8")
    after = exercise_digests(handout)
    assert [name for name in before if before[name] != after[name]] == ["alone"]


def test_what_cannot_be_read_is_as_good_as_missing(copied: Path) -> None:
    course = Course.load(copied)
    (copied / "data" / "alone" / "gone").symlink_to(copied / "nowhere")
    before = exercise_digests(course)
    (copied / "data" / "alone" / "gone").unlink()
    assert exercise_digests(course) == before
