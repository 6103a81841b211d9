"""What a verdict depends on in a submission: change it, and the digest changes; else it stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.outline import Course
from grader.handin.books import Other
from grader.handin.digest import files_of, source_digests, used_modules
from grader.handin.matching import Matched, match
from grader.handin.submission import Submission

#: `tally` imports a helper, which imports another; `rolling` imports `temperature`, a stub.
SOURCES = {
    "b_objects/tally.py": "from helper import count\n\n\nclass Tally:\n    add = count\n",
    "helper.py": "import numpy as np\n\n\ndef count():\n    from deeper import one\n",
    "deeper.py": "one = 1\n",
    "a_numbers/rolling.py": "import temperature as t\n\n\ndef moving_average(x):\n    return x\n",
    "a_numbers/temperature.py": "def to_kelvin(c):\n    raise NotImplementedError\n",
    "b_objects/affine.py": "def affine(x):\n    return x\n",
    "unrelated.py": "import tally\n",
}
USES = {
    "tally": {"b_objects/tally.py", "helper.py", "deeper.py"},
    "rolling": {"a_numbers/rolling.py", "a_numbers/temperature.py"},
    "temperature": {"a_numbers/temperature.py"},
    "affine": {"b_objects/affine.py"},
}


@pytest.fixture(scope="module")
def course(workshop: Path) -> Course:
    return Course.load(workshop)


def digests(course: Course, sources: dict[str, str]) -> dict[str, str]:
    return source_digests(match(course, Submission.from_sources(sources)))


def changed(course: Course, sources: dict[str, str]) -> set[str]:
    before, after = digests(course, SOURCES), digests(course, sources)
    assert before.keys() == after.keys()
    return {exercise for exercise in before if before[exercise] != after[exercise]}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("more", ["# more", "\nx = 1\n", "  "])
def test_a_module_counts_for_those_that_import_it_and_for_nobody_else(
    course: Course, name: str, more: str
) -> None:
    expected = {exercise for exercise, used in USES.items() if name in used}
    assert changed(course, {**SOURCES, name: SOURCES[name] + more}) == expected
    del_one = {path: text for path, text in SOURCES.items() if path != name}
    assert changed(course, del_one) == expected


@pytest.mark.parametrize("name", SOURCES)
def test_how_lines_end_makes_no_difference(course: Course, name: str) -> None:
    text = SOURCES[name]
    variants = [text + "\r\n", text + "\n\n", text.rstrip("\n"), "\ufeff" + text]
    variants += [text.replace("\n", "\r\n"), text.replace("\n", "\r")]
    for variant in variants:
        assert changed(course, {**SOURCES, name: variant}) == set()


def test_a_dynamic_import_means_the_whole_submission(course: Course) -> None:
    sources = {**SOURCES, "deeper.py": "import importlib\none = 1\n"}
    before = digests(course, sources)
    for name in SOURCES:
        after = digests(course, {**sources, name: sources[name] + "# more\n"})
        assert before["tally"] != after["tally"], name
        assert (before["affine"] != after["affine"]) == (name in USES["affine"])


def test_the_name_of_a_file_counts_and_its_folder_does_not(course: Course) -> None:
    def moved(old: str, new: str) -> dict[str, str]:
        return {new if path == old else path: text for path, text in SOURCES.items()}

    assert changed(course, moved("b_objects/tally.py", "tally.py")) == set()
    assert changed(course, moved("b_objects/tally.py", "tally (1).py")) == {"tally"}
    assert changed(course, moved("helper.py", "other.py")) == {"tally"}


def test_another_choice_between_two_files_counts(course: Course) -> None:
    sources = {**SOURCES, "old/tally.py": "class Tally: pass\n"}
    assert changed(course, sources) == set(), "the one in its unit's folder is taken"
    assert changed(course, {**sources, "tally.py": "class Tally: pass\n"}) == set()
    sources["b_objects/tally/tally.py"] = sources.pop("b_objects/tally.py")
    assert changed(course, sources) == {"tally"}


def test_what_was_not_handed_in_has_one_digest(course: Course) -> None:
    nothing = digests(course, {"notes.py": ""})
    assert nothing == digests(course, {"other.py": "x = 1"})
    assert len(set(nothing.values())) == 4
    assert nothing["tally"] != digests(course, {"tally.py": ""})["tally"]


def test_students_with_the_same_module_share_its_digest(course: Course) -> None:
    other = {"affine.py": SOURCES["b_objects/affine.py"], "mine.py": "x = 2\n"}
    assert digests(course, other)["affine"] == digests(course, SOURCES)["affine"]


def notebook(*cells: str) -> bytes:
    return json.dumps(
        {
            "nbformat": 4,
            "metadata": {},
            "cells": [
                {"cell_type": "markdown" if c.startswith("#") else "code", "source": c}
                for c in cells
            ],
        }
    ).encode()


@pytest.fixture
def noted(course: Course, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """The digests of a notebook."""

    def read(*cells: str, name: str = "work.ipynb") -> dict[str, str]:
        path = tmp_path / name
        path.write_bytes(notebook(*cells))
        return source_digests(match(course, Submission.from_path(path)))

    return read


TALLY = "class Tally:\n    pass"


def test_the_place_of_a_cell_counts(noted: Callable[..., dict[str, str]]) -> None:
    before = noted("# Tally", TALLY, "print(1)")
    assert list(before) == ["tally"]
    assert noted("# Tally!", TALLY, "print(2)") == before, "neither is any part of the module"
    assert noted("# Tally", "print(1)", TALLY) != before, "messages name the cell"
    assert noted("# Tally", "\n" + TALLY, "print(1)") != before, "and the line in it"
    assert noted("# Tally", TALLY + "\n\n", "print(1)") == before
    assert noted("# Tally", TALLY, "print(1)", name="other.ipynb") != before
    assert noted("# Tally", TALLY.replace("\n", "\r\n"), "print(1)") == before


def test_a_notebook_that_takes_the_place_of_a_stub_counts(course: Course, tmp_path: Path) -> None:
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    before = source_digests(match(course, Submission.from_path(tmp_path)))
    assert before == digests(course, SOURCES)
    (tmp_path / "work.ipynb").write_bytes(notebook("def to_kelvin(c):\n    return c + 273.15"))
    after = source_digests(match(course, Submission.from_path(tmp_path)))
    assert {e for e in before if before[e] != after[e]} == {"temperature", "rolling"}


def test_a_data_file_counts_for_those_that_name_it_and_for_nobody_else(course: Course) -> None:
    sources = {**SOURCES, "deeper.py": "one = open('w.csv').read()\n"}

    def of(data: dict[str, bytes]) -> dict[str, str]:
        return source_digests(match(course, Submission.from_sources(sources, data=data)))

    before = of({})
    assert of({"notes.txt": b"1", "a_numbers/w.tsv": b"2"}) == before
    (name,) = {name for name, digest in of({"w.csv": b"1"}).items() if digest != before[name]}
    assert name == "tally", "its helper's helper opens it"
    assert of({"w.csv": b"1"}) != of({"w.csv": b"2"})
    assert of({"b_objects/w.csv": b"1"})["tally"] != before["tally"]


def test_a_module_gets_the_files_that_count_and_no_others(course: Course) -> None:
    sources = {**SOURCES, "deeper.py": "one = open('w.csv').read()\n"}
    data = {"b_objects/w.csv": b"1", "w.csv": b"2", "notes.txt": b"3"}
    matched = match(course, Submission.from_sources(sources, data=data))
    assert files_of(matched) == {"tally": {"w.csv": "b_objects/w.csv", "../w.csv": "w.csv"}}


def test_each_way_to_read_a_notebook_has_data_and_helpers_of_its_own() -> None:
    others = Other("import a\nopen('v.csv')", "A"), Other("import b\nopen('w.csv')", "B")
    modules = {"sums": others[0].text, "a": "", "b": ""}
    data = {"v.csv": b"1", "w.csv": b"2"}
    matched = Matched(modules, ("sums",), (), others={"sums": others}, data=data)
    first, second = matched.readings()
    assert (first, second.modules["sums"]) == (matched, others[1].text)
    assert [files_of(each)["sums"] for each in (first, second)] == [
        {"v.csv": "v.csv"},
        {"w.csv": "w.csv"},
    ]
    assert used_modules(first, ["sums"]) == {"sums", "a"}
    assert used_modules(second, ["sums"]) == {"sums", "b"}
    assert source_digests(first) != source_digests(second)
