"""`grade new`: the files of an exercise, and its entry in whatever course.yaml there is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.new import new, with_entry
from grader.course.reading import load as spec
from grader.errors import UsageError

Make = Callable[..., Path]


def test_new_writes_the_four_trees_and_the_entry(make_course: Make) -> None:
    root = make_course(stubs=False)
    written = [path.relative_to(root).as_posix() for path in new(spec.load(root), "02_b", "area")]
    assert written == [
        "solutions/02_b/area.py",
        "misconceptions/02_b/area.py",
        "tests/hidden/02_b/test_area.py",
        "tests/accepts/02_b/area/another_way.py",
        "course.yaml",
    ]
    course = spec.load(root)
    assert [e.id for e in course.units[1].exercises] == ["angle", "area"]
    assert course.points == 6
    assert "\npoints: 6\n" in (root / "course.yaml").read_text("utf-8"), "which was 5"


def test_new_keeps_files_that_are_there(make_course: Make, good: str) -> None:
    root = make_course(good.replace("points: 5\n", ""), stubs=False)
    path = root / "solutions" / "03_c" / "area.py"
    path.parent.mkdir(parents=True)
    path.write_text("# mine\n", "utf-8")
    written = new(spec.load(root), "03_c", "area")
    assert path not in written
    assert path.read_text("utf-8") == "# mine\n"
    course = spec.load(root)
    assert [(unit.id, unit.title) for unit in course.units][-1] == ("03_c", "TODO")


@pytest.mark.parametrize(
    ("unit", "name", "said"),
    [
        ("02_b", "angle", "Tiny has an exercise angle already"),
        ("02_b", "class", "class is a word of Python's own"),
        ("02_b", "numpy", "numpy is the name of a library module"),
        ("02_b", "", "'' is no module name"),
        ("../x", "area", "'../x' is no folder name"),
        ("", "area", "'' is no folder name; expected e.g. 01_vectors, as in 01_vectors/magnitude"),
    ],
)
def test_names_that_cannot_be(unit: str, name: str, said: str, make_course: Make) -> None:
    root = make_course()
    before = (root / "course.yaml").read_bytes()
    with pytest.raises(UsageError) as met:
        new(spec.load(root), unit, name)
    assert said in str(met.value)
    assert (root / "course.yaml").read_bytes() == before


ENTRY = "- id: c\n{0}  title: TODO\n{0}  tests:\n{0}    test_c: 1\n"


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        # at the end of a unit in the middle; comments and other units stay where they are
        (
            "units:\n  - id: a\n    exercises:\n      - id: x\n        tests: {t: 1}  # sum\n"
            "  # the next\n  - id: b\n    exercises: []\n",
            "a",
            "units:\n  - id: a\n    exercises:\n      - id: x\n        tests: {t: 1}  # sum\n"
            "      " + ENTRY.format("      ") + "  # the next\n  - id: b\n    exercises: []\n",
        ),
        # into an empty list, which keeps its comment
        (
            "units:\n  - id: b\n    exercises: []  # none yet\n    title: B\n",
            "b",
            "units:\n  - id: b\n    exercises:  # none yet\n      "
            + ENTRY.format("      ") + "    title: B\n",
        ),
        # a list that starts at the column of its key
        (
            "units:\n- id: a\n  exercises:\n  - id: x\n    tests:\n      t: 1",
            "a",
            "units:\n- id: a\n  exercises:\n  - id: x\n    tests:\n      t: 1\n  "
            + ENTRY.format("  "),
        ),
        # a new unit, in a file with Windows line ends
        (
            "units:\r\n  - id: a\r\n    exercises: []\r\nlate: {}\r\n",
            "z",
            (
                "units:\n  - id: a\n    exercises: []\n  - id: z\n    title: TODO\n    exercises:\n"
                "      " + ENTRY.format("      ") + "late: {}\n"
            ).replace("\n", "\r\n"),
        ),
        # the first unit of all
        (
            "units: []\n",
            "z",
            "units:\n  - id: z\n    title: TODO\n    exercises:\n      " + ENTRY.format("      "),
        ),
        # a text over several lines is the last thing of a unit
        (
            "units:\n  - id: a\n    exercises:\n      - id: x\n        title: |\n          long\n"
            "          text\nlate: 1\n",
            "a",
            "units:\n  - id: a\n    exercises:\n      - id: x\n        title: |\n          long\n"
            "          text\n      " + ENTRY.format("      ") + "late: 1\n",
        ),
    ],
)  # fmt: skip
def test_an_entry_changes_nothing_else(text: str, unit: str, expected: str) -> None:
    assert with_entry(text, unit, "c") == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("units: [{id: a, exercises: []}]\n", "write unit a one key below the other"),
        ("units:\n  - id: a\n    exercises: 3\n", "write unit a one key below the other"),
        ("units:\n  - id: a\n    exercises: [{id: x}]\n", "line 3: write the list one item below"),
        ("units:\n  - id: a\n    exercises: [\n    ]\n", "line 3: write the empty list as []"),
        ("units: 3\n", "course.yaml has no list of units"),
        ("title: x\n", "course.yaml has no list of units"),
        ("[]\n", "course.yaml has no list of units"),
    ],
)
def test_a_file_that_it_cannot_enter(text: str, said: str) -> None:
    with pytest.raises(UsageError) as met:
        with_entry(text, "a", "c")
    assert said in str(met.value)
