"""Which module belongs to which exercise: by name, by place, by functions."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import Course, Submission
from grader.handin.matching import match, public_names
from support.cells import notebook

TALLY = "class Tally:\n    pass\n"
PAIRS = "def pairs(n):\n    pass\n\n\ndef moving_average(x, k):\n    pass\n"


@pytest.fixture(scope="module")
def course(workshop: Path) -> Course:
    return Course.load(workshop)


def handed_in(sources: dict[str, str], *, single: bool = False) -> Submission:
    return Submission.from_sources(sources, "ada", single=single)


def test_a_folder_like_exercises(course: Course) -> None:
    found = match(course, handed_in({"a_numbers/rolling.py": "1", "b_objects/tally.py": "2"}))
    assert found.modules == {"rolling": "1", "tally": "2"}
    assert found.exercises == ("temperature", "rolling", "tally", "affine")
    assert found.notes == ()


def test_a_flat_folder_with_a_helper(course: Course) -> None:
    found = match(course, handed_in({"rolling.py": "1", "my_helper.py": "def zzz(): pass"}))
    assert found.modules == {"rolling": "1", "my_helper": "def zzz(): pass"}
    assert found.notes == ()


def test_the_file_in_the_units_folder_wins(course: Course) -> None:
    sources = {"rolling.py": "flat", "old/rolling.py": "old", "x/a_numbers/rolling.py": "right"}
    found = match(course, handed_in(sources))
    assert found.modules["rolling"] == "right"
    assert found.notes == (
        "rolling: x/a_numbers/rolling.py was graded, not rolling.py, old/rolling.py.",
    )


def test_one_module_is_graded_alone(course: Course) -> None:
    found = match(course, handed_in({"rolling.py": "1"}, single=True))
    assert found.exercises == ("rolling",)
    named = match(course, handed_in({"rolling.py": "1"}, single=True), ("tally",))
    assert named.exercises == ("tally",)
    assert "tally" not in named.modules


def test_one_module_is_known_by_its_functions(course: Course) -> None:
    found = match(course, handed_in({"Ada (2).py": TALLY}, single=True))
    assert found.modules == {"tally": TALLY}
    assert found.exercises == ("tally",)
    assert found.notes == ("Ada (2).py was read as tally.py, by the functions in it.",)
    assert match(course, handed_in({"x.py": "y = 1"}, single=True)).exercises == ()
    assert match(course, handed_in({"x.py": "def z(): 1"}, single=True)).exercises == ()


def test_one_module_may_hold_all_of_it(course: Course) -> None:
    found = match(course, handed_in({"all.py": f"{PAIRS}{TALLY}", "tally.py": TALLY}))
    assert found.files == {"rolling": "all.py", "tally": "tally.py"}
    found = match(course, handed_in({"a/hw1.py": f"{PAIRS}{TALLY}", "b.py": "x = 1\n"}))
    assert found.files == {"rolling": "a/hw1.py", "tally": "a/hw1.py", "b": "b.py"}
    assert found.notes == (
        "a/hw1.py was read as rolling.py, by the functions in it.",
        "a/hw1.py was read as tally.py, too, by the functions in it.",
    )
    found = match(course, handed_in({"hw.py": f"{PAIRS}{TALLY}"}, single=True))
    assert found.exercises == ("rolling", "tally")


def test_what_another_module_is_for_is_not_taken_from_it(course: Course) -> None:
    found = match(course, handed_in({"all.py": f"{PAIRS}{TALLY}", "mine.py": TALLY}))
    assert found.files == {"rolling": "all.py", "tally": "mine.py"}


def test_most_shared_names_win(course: Course) -> None:
    text = PAIRS + "\n\nclass Tally:\n    pass\n"
    assert "rolling" in match(course, handed_in({"all.py": text})).modules


def test_a_name_that_is_taken_is_not_given_again(course: Course) -> None:
    found = match(course, handed_in({"tally.py": "1", "other.py": TALLY}))
    assert found.modules == {"tally": "1", "other": TALLY}


@pytest.mark.parametrize(
    "name",
    ["Tally.py", "tally.PY", "tally.py.txt", "tally (2).py", "tally-1.py", "x/tally copy.py"],
)
def test_a_file_is_known_by_its_changed_name(course: Course, name: str) -> None:
    found = match(course, handed_in({name: "def (:"}, single=True))
    assert (found.modules, found.exercises) == ({"tally": "def (:"}, ("tally",))
    assert found.notes == (f"{name} was read as tally.py.",)


def test_of_several_copies_the_last_is_graded(course: Course) -> None:
    found = match(course, handed_in({"tally (1).py": "1", "tally (2).py": "2"}))
    assert found.modules["tally"] == "2"
    assert found.notes[-1] == "tally: tally (2).py was graded, not tally (1).py."
    found = match(course, handed_in({"tally (2).py": "2", "tally.py": "1"}))
    assert found.modules["tally"] == "1"
    stub = "def count():\n    raise NotImplementedError\n"
    assert match(course, handed_in({"tally (2).py": "2", "tally.py": stub})).modules["tally"] == "2"


def test_folders_that_something_imports_from_are_packages(course: Course) -> None:
    sources = {
        "a_numbers/rolling.py": "from mine.means import *\nfrom own.sums.all import x",
        "a_numbers/mine/__init__.py": "",
        "a_numbers/mine/means.py": "1",
        "a_numbers/own/sums/all.py": "2",
        "unused/other.py": "3",
    }
    found = match(course, handed_in(sources))
    assert {name: path for name, path in found.files.items() if "." in name or name == "mine"} == {
        "mine": "a_numbers/mine/__init__.py",
        "mine.means": "a_numbers/mine/means.py",
        "own.sums.all": "a_numbers/own/sums/all.py",
    }


def test_a_helper_behind_another_of_its_name_is_told(course: Course) -> None:
    sources = {"a/tally.py": "from h import x", "a/h.py": "1", "b/h.py": "2", "c/h.py": "1"}
    assert match(course, handed_in(sources)).notes == (
        "b/h.py was not used: a/h.py has the same name, and was imported.",
    )


def test_a_helper_with_the_name_of_a_library_is_told(course: Course) -> None:
    """As everywhere the first one counts; here the libraries are loaded before a submission."""
    sources = {"tally.py": "import queue, numpy", "queue.py": "1", "numpy.py": "1", "copy.py": "1"}
    assert match(course, handed_in(sources)).notes == (
        "numpy.py was not used: a library has its name, and was imported; rename yours.",
        "queue.py was not used: a library has its name, and was imported; rename yours.",
    )


def test_a_file_that_was_not_read_is_said_once(course: Course) -> None:
    note = "x/tally.py was not read: it is not UTF-8 text."
    found = match(course, Submission.from_sources({}, "ada", (note,)))
    assert (found.notes, found.unread) == ((note,), {"tally": note})
    found = match(course, Submission.from_sources({}, "ada", others=["Tally.docx", "all.zip"]))
    assert found.notes == (
        "all.zip was not read: it is an archive; unpack it, or hand it in by itself.",
        "Tally.docx was not read: hand in tally.py, a plain Python file.",
    )
    assert match(course, Submission.from_sources({}, "ada", others=["notes.txt"])).notes == (
        "No Python file is in it: is it the right folder?",
    )


def test_a_helper_beside_a_notebook_does_not_displace_it(course: Course, tmp_path: Path) -> None:
    helper = "class Tally:\n    pass\n"
    for cells in (["from helper import Tally"], ["from helper import *"], [helper]):
        (tmp_path / "work.ipynb").write_bytes(notebook(*cells))
        (tmp_path / "helper.py").write_text(helper)
        found = match(course, Submission.from_path(tmp_path))
        assert (found.files["tally"], found.files["helper"]) == ("work.ipynb", "helper.py")
    (tmp_path / "work.ipynb").write_bytes(notebook("def other(): pass"))
    assert match(course, Submission.from_path(tmp_path)).files["tally"] == "helper.py"


def test_public_names(course: Course, workshop_copy: Path) -> None:
    tally = course.exercise("tally")
    assert tally is not None
    assert public_names(course, tally) == {"Tally"}
    handout = Course.load(workshop_copy)
    (workshop_copy / "solutions/b_objects/tally.py").unlink()
    assert public_names(handout, tally) == {"Tally"}, "the stub tells them as well"
    stub = workshop_copy / "exercises/b_objects/tally.py"
    stub.write_text("class Count:\n    pass\n", "utf-8")
    assert public_names(handout, tally) == {"Count"}, "a file that has changed is read anew"
    stub.unlink()
    assert public_names(handout, tally) == set()


def test_what_a_notebook_does_further_down_is_told(course: Course, tmp_path: Path) -> None:
    (tmp_path / "work.ipynb").write_bytes(
        notebook("class Tally: pass", "def affine(x): return x\nclass Tally(", "Tally = Tally()")
    )
    found = match(course, Submission.from_path(tmp_path))
    assert found.notes[0] == "work.ipynb: cell 2 was left out: line 2: '(' was never closed."
    assert "work.ipynb: cell 3: line 1 gives Tally another value, and the last one counts." in (
        found.notes
    )
    assert found.broken == {"affine": {"affine": found.notes[0]}}


def test_it_is_known_where_another_file_answers_in_another_way(course: Course) -> None:
    sources = {"tally.py": "1", "old/tally.py": "2", "rolling.py": "1", "x/rolling.py": "1  # same"}
    found = match(course, handed_in(sources))
    assert found.chosen == {"tally": "tally: tally.py was graded, not old/tally.py."}
    assert "rolling: rolling.py was graded, not x/rolling.py." in found.notes
