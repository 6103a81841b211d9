"""Notebooks as submissions: which exercise they count for, and how their cells are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader import Course, Grader, Submission, SubmissionError
from grader.handin.cells.module import is_from_notebook
from grader.handin.matching import match
from support.cells import notebook
from support.files import write

SUMS = "import numpy as np\ndef total(v):\n    return float(np.sum(v)){more}\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of two exercises, `sums` and `twos`."""
    root = tmp_path_factory.mktemp("course")
    files = {
        "course.yaml": (
            "format: 1\ntitle: Tiny\nfeedback: {hidden: everything}\nunits:\n"
            "  - id: 01_a\n    title: A\n    exercises:\n"
            "      - {id: sums, title: S, forbidden: [numpy.prod],"
            " tests: {test_total: 1, test_product: 1}}\n"
            "      - {id: twos, title: T, tests: {test_double: 1}}\n"
        ),
        "solutions/01_a/sums.py": "import math\ndef total(v):\n    return float(v.sum())\n"
        "def product(v):\n    return float(math.prod(v))\n",
        "solutions/01_a/twos.py": "def double(x):\n    return x + x\n",
        "misconceptions/01_a/sums.py": "",
        "misconceptions/01_a/twos.py": "",
        "tests/hidden/01_a/test_sums.py": (
            "import numpy as np\ndef test_total(student):\n    '''Sums.'''\n"
            "    assert student.total(np.array([1.0, 2.0])) == 3.0\n"
            "def test_product(student):\n    '''Products.'''\n"
            "    assert student.product(np.array([1.0, 2.0])) == 2.0\n"
        ),
        "tests/hidden/01_a/test_twos.py": (
            "def test_double(student):\n    '''Doubles.'''\n    assert student.double(2) == 4\n"
        ),
    }
    return Course.load(write(root, files))


@pytest.fixture(scope="module")
def grader(course: Course) -> Any:
    with Grader(course) as grader:
        yield grader


def written(folder: Path, *sources: Any, name: str = "work.ipynb") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(notebook(*sources))
    return folder / name


def outcomes(report: Any) -> dict[str, str]:
    return {test.id: test.outcome for e in report.exercises for test in e.tests}


def test_one_notebook_counts_for_each_exercise(grader: Grader, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "%matplotlib inline\n" + SUMS.format(more=""),
        "total(None)",
        "def double(x): return x * 2",
    )
    report = grader.grade(Submission.from_path(path))
    assert outcomes(report) == {
        "test_total": "passed",
        "test_product": "not_attempted",
        "test_double": "passed",
    }
    told = report.exercises[0].tests[1].message
    assert told == "There is no product in your notebook yet."
    assert report.notes == ("work.ipynb was read as sums.py and twos.py, by the functions in it.",)


def test_an_error_names_the_cell_and_line(grader: Grader, tmp_path: Path) -> None:
    path = written(tmp_path, ("markdown", ""), "print(1)\n" + SUMS.format(more=" / 0"))
    test = grader.grade(Submission.from_path(path)).exercises[0].tests[0]
    assert test.message.splitlines()[1] == (
        "work.ipynb, cell 2, line 4: return float(np.sum(v)) / 0"
    )


def test_a_forbidden_name_is_found_in_its_cell(grader: Grader, tmp_path: Path) -> None:
    path = written(tmp_path, "import numpy as np\n\ndef product(v):\n    return float(np.prod(v))")
    test = grader.grade(Submission.from_path(path)).exercises[0].tests[1]
    assert test.outcome == "forbidden"
    assert "numpy.prod (work.ipynb, cell 1, line 4)" in test.message


def test_a_stub_in_a_notebook_is_not_begun(grader: Grader, tmp_path: Path) -> None:
    path = written(tmp_path, "def double(x):\n    raise NotImplementedError")
    assert grader.grade(Submission.from_path(path)).exercises[0].outcome == "not_attempted"


def test_a_typo_in_a_name_is_pointed_out(grader: Grader, tmp_path: Path) -> None:
    text = "def product(v): return 1.0\ndef totall(v): return 3.0"
    test = grader.grade(Submission.from_path(written(tmp_path, text))).exercises[0].tests[0]
    assert test.outcome == "error"
    assert "Did you rename it to totall?" in test.message


def test_a_module_wins_unless_it_is_not_begun(course: Course, tmp_path: Path) -> None:
    written(tmp_path, SUMS.format(more=""), "def double(x): return 4")
    (tmp_path / "sums.py").write_text("def total(v): return 3.0\n")
    (tmp_path / "twos.py").write_text("def double(x):\n    raise NotImplementedError\n")
    found = match(course, Submission.from_path(tmp_path))
    assert "return 3.0" in found.modules["sums"]
    assert is_from_notebook(found.modules["twos"])
    assert found.notes == (
        "sums: the module was graded, not work.ipynb.",
        "work.ipynb was read as twos.py, by the functions in it.",
    )


def test_the_notebook_with_most_of_an_exercise_counts(course: Course, tmp_path: Path) -> None:
    written(tmp_path, "def total(v): return 1", name="a.ipynb")
    written(tmp_path, "def total(v): return 2\nproduct = lambda v: 1", name="b.ipynb")
    written(tmp_path, "def other(v): return 2", name="c.ipynb")
    found = match(course, Submission.from_path(tmp_path))
    assert "return 2" in found.modules["sums"]
    assert found.notes == (
        "sums: b.ipynb was graded, not a.ipynb.",
        "b.ipynb was read as sums.py, by the functions in it.",
        "c.ipynb was not graded: it has no function that an exercise asks for.",
    )


EMPTY = "".join(f"def {n}(v):\n    raise NotImplementedError\n\n\n" for n in ("total", "product"))


@pytest.mark.parametrize("empty", ["a.ipynb", "work-Copy1.ipynb", "z.ipynb", "sums.ipynb"])
def test_an_empty_copy_is_never_graded_in_place_of_work(
    course: Course, tmp_path: Path, empty: str
) -> None:
    written(tmp_path, "def total(v): return 1\nproduct = lambda v: 1", name="work.ipynb")
    written(tmp_path, EMPTY, name=empty)
    found = match(course, Submission.from_path(tmp_path))
    assert "return 1" in found.modules["sums"]
    assert found.chosen == {}


def test_an_empty_notebook_is_no_better_than_a_module_of_another_name(
    course: Course, tmp_path: Path
) -> None:
    written(tmp_path, EMPTY, name="work.ipynb")
    (tmp_path / "mine.py").write_text("def total(v): return 1\n")
    assert "return 1" in match(course, Submission.from_path(tmp_path)).modules["sums"]


def test_of_two_notebooks_that_differ_the_one_by_its_own_name_counts_and_it_is_told(
    course: Course, tmp_path: Path
) -> None:
    written(tmp_path, "def total(v): return 1", name="work.ipynb")
    written(tmp_path, "def total(v): return 2", name="work-Copy1.ipynb")
    found = match(course, Submission.from_path(tmp_path))
    assert found.chosen == {"sums": "sums: work.ipynb was graded, not work-Copy1.ipynb."}


def test_a_notebook_that_cannot_be_read_is_noted_in_a_folder(tmp_path: Path) -> None:
    written(tmp_path, "def f(): pass", "def g(:", name="good.ipynb")
    (tmp_path / "bad.ipynb").write_bytes(notebook(nbformat=5))
    (tmp_path / ".ipynb_checkpoints").mkdir()
    written(tmp_path / ".ipynb_checkpoints", "def f(): pass")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "good.ipynb")
    found = Submission.from_path(tmp_path)
    assert list(found.sources) == ["good.ipynb"]
    assert tuple(sorted(found.notes)) == (
        "bad.ipynb was not read: it is in notebook format 5; formats 1 to 4 are read.",
        "good.ipynb: cell 2 was left out: line 1: invalid syntax.",
        "link.ipynb was not read: it is a link.",
    )


def test_a_notebook_without_functions_says_so(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError) as met:
        Submission.from_path(written(tmp_path, "x = 1", *["def f(:"] * 20))
    lines = str(met.value).splitlines()
    assert lines[0].endswith("work.ipynb: its cells define no function")
    assert lines[1].endswith("cell 2 was left out: line 1: invalid syntax")
    assert lines[-1].endswith("12 more cells were left out")


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "work.txt"
    path.write_text("x")
    with pytest.raises(SubmissionError, match=r"expected a folder, a \.py, an \.ipynb or a \.zip"):
        Submission.from_path(path)


def test_pack_takes_a_notebook_as_it_is(course: Course, tmp_path: Path) -> None:
    import zipfile

    from grader.study import pack

    path = written(tmp_path / "exercises", SUMS.format(more=""), "def g(:")
    here = msgspec.structs.replace(course, root=str(tmp_path))
    stub = tmp_path / "exercises/01_a/sums.py"
    stub.parent.mkdir()
    stub.write_text("def total(v):\n    raise NotImplementedError\n")
    pack.write(here, pack.gather(here), tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.read("exercises/work.ipynb") == path.read_bytes()
