"""A course's own code may open what its digests cover, and nothing else of the course."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.proof import check
from grader.course.digest import decisive_files
from grader.course.outline import Course
from grader.grading.engine import Grader
from grader.judge.audit import listen

SUITE = "tests/hidden/b_objects/test_tally.py"


@pytest.fixture
def root(workshop_copy: Path) -> Path:
    """The second course with data for one exercise, a helper, and files that are nobody's."""
    root = workshop_copy.resolve()
    for name in ("data/tally/words.txt", "data/tally/more/words.txt", "data/affine/w.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("a b\n", "utf-8")
    (root / "notes.txt").write_text("x\n", "utf-8")
    (root / "tests/hidden/b_objects/helper.py").write_text("x = 1\n", "utf-8")
    return root


def told(root: Path, code: str, name: str = SUITE, exercise: str = "tally") -> list[str]:
    """What is heard when a file of the course says this."""
    course = Course.load(root)
    found = course.exercise(exercise)
    assert found is not None
    with listen(course) as listener:
        names = {"ROOT": root, "__name__": "planted"}
        exec(compile(code, str(root / name), "exec", dont_inherit=True), names)
    return [f"{fault.path}:{fault.line}: {fault.what}" for fault in listener.faults(found)]


ALLOWED = (
    "open(ROOT / 'data/tally/words.txt').close()",
    "(ROOT / 'data/tally/more/words.txt').read_text()",
    "import os; os.listdir(ROOT / 'data/tally')",
    "list((ROOT / 'data').joinpath('tally').rglob('*.txt'))",
    "import numpy as np; np.loadtxt(ROOT / 'data/tally/words.txt', dtype=str)",
    f"open(ROOT / '{SUITE}').close()",
    "open(ROOT / 'solutions/b_objects/tally.py').close()",
    "open('/dev/null').close()",
    "import os; open(os.open('/dev/null', os.O_RDONLY)).close()",
    "import sqlite3; sqlite3.connect(':memory:').close()",
    "import json, grader.course.imports",
    "import tempfile; tempfile.TemporaryFile().close()",
)


@pytest.mark.parametrize("code", ALLOWED)
def test_what_the_digest_covers_may_be_opened(root: Path, code: str) -> None:
    assert told(root, code) == []


REFUSED: dict[str, str] = {
    "open(ROOT / 'notes.txt').close()": "opens notes.txt",
    "(ROOT / 'notes.txt').read_bytes()": "opens notes.txt",
    "import os; os.close(os.open(ROOT / 'notes.txt', os.O_RDONLY))": "opens notes.txt",
    "import os; os.close(os.open(os.fsencode(ROOT / 'notes.txt'), 0))": "opens notes.txt",
    "import numpy as np; np.loadtxt(ROOT / 'notes.txt', dtype=str)": "opens notes.txt",
    "import sqlite3; sqlite3.connect(ROOT / 'notes.db').close()": "opens notes.db",
    "open(ROOT / 'data/tally/../../notes.txt').close()": "opens notes.txt",
    "open(ROOT / 'data/affine/w.txt').close()": "opens data/affine/w.txt",
    "open(ROOT / 'course.yaml').close()": "opens course.yaml",
    "open(ROOT / 'exercises/b_objects/tally.py').close()": "opens exercises/b_objects/tally.py",
    "open(ROOT / 'new.txt', 'w').close()": "opens new.txt",
    "import os; os.listdir(ROOT / 'data')": "lists data",
    "import os; os.scandir(ROOT).close()": "lists .",
    "sorted((ROOT / 'exercises').glob('*'))": "lists exercises",
    "try:\n    open(ROOT / 'local.txt')\nexcept OSError:\n    pass": "opens local.txt",
}


@pytest.mark.parametrize("code", REFUSED)
def test_anything_else_of_the_course_may_not(root: Path, code: str) -> None:
    line = 2 if code.startswith("try") else 1
    wanted = f"{SUITE}:{line}: {REFUSED[code]}, which is none of the files of tally"
    assert told(root, code)[:1] == [wanted]


def test_a_path_by_another_name_is_the_same_file(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(root / "notes.txt")
    assert told(root, f"open({str(tmp_path / 'link')!r}).close()")
    monkeypatch.chdir(root)
    assert told(root, "open('notes.txt').close()")
    assert told(root, "import os; os.listdir()")
    assert told(root, "open('data/tally/words.txt').close()") == []
    # What lies elsewhere is none of the course's files; a link to it in data/tally is one.
    (tmp_path / "far.txt").write_text("x", "utf-8")
    assert told(root, f"open({str(tmp_path / 'far.txt')!r}).close()") == []
    (root / "data/tally/far.txt").symlink_to(tmp_path / "far.txt")
    assert told(root, "open(ROOT / 'data/tally/far.txt').close()") == []


def test_only_code_of_the_course_is_heard(root: Path) -> None:
    course = Course.load(root)
    (found,) = [e for e in course.exercises if e.id == "tally"]
    with listen(course) as listener:
        (root / "notes.txt").read_text("utf-8")
    (root / "notes.txt").read_text("utf-8")
    assert listener.faults(found) == []


def test_what_a_helper_opens_is_laid_to_the_suite_that_called_it(root: Path) -> None:
    course = Course.load(root)
    helper = root / "tests/hidden/b_objects/helper.py"
    names: dict[str, object] = {}
    text = "def read(path):\n    open(path).close()\n"
    exec(compile(text, str(helper), "exec", dont_inherit=True), names)
    with listen(course) as listener:
        for name in ("tally", "affine"):
            code = f"read(ROOT / 'data/{name}' / NAME)"
            suite = root / f"tests/hidden/b_objects/test_{name}.py"
            file = {"tally": "words.txt", "affine": "w.txt"}[name]
            exec(compile(code, str(suite), "exec"), {**names, "ROOT": root, "NAME": file})
    assert [f for e in course.exercises for f in listener.faults(e)] == []


def test_what_belongs_to_nobody_is_laid_to_whoever_is_judged(root: Path) -> None:
    course = Course.load(root)
    conftest = root / "tests/hidden/b_objects/conftest.py"
    conftest.write_text("", "utf-8")
    code = compile("open(ROOT / 'data/tally/words.txt').close()", str(conftest), "exec")
    with listen(course) as listener:
        listener.exercise = "tally"
        exec(code, {"ROOT": root})
        assert [f for e in course.exercises for f in listener.faults(e)] == []
        listener.exercise = ""  # while suites are imported: for each that it stands above
        exec(code, {"ROOT": root})
        faults = {e.id: len(listener.faults(e)) for e in course.exercises}
    assert faults == {"temperature": 0, "rolling": 0, "tally": 0, "affine": 1}


@pytest.fixture
def checked(root: Path, without_torch: None) -> Callable[[], list[str]]:
    """The faults that a judge finds about opened files of `tally`."""

    def run() -> list[str]:
        course = Course.load(root)
        (found,) = [e for e in course.exercises if e.id == "tally"]
        with Grader(course, exercises=["tally"], audit=True) as grader:
            (proved,) = check(course, [found], grader, (0,))
        return [str(fault) for fault in proved.faults]

    return run


def planted(root: Path, top: str = "", inside: str = "") -> None:
    """Add code to the suite: above its tests, and in each of them."""
    suite = root / SUITE
    text = suite.read_text("utf-8").replace("import pytest", f"import pytest\n{top}", 1)
    assert top in text
    lines = []
    for line in text.split("\n"):
        lines.append(line)
        if inside and line.startswith('    """'):
            lines.append(f"    {inside}")
    suite.write_text("\n".join(lines), "utf-8")


def test_a_suite_that_reads_its_data_and_helpers_is_proved(
    root: Path, checked: Callable[[], list[str]]
) -> None:
    (root / "tests/hidden/b_objects/helper.py").write_text(
        "from . import deeper\nfrom pathlib import Path\n"
        "def words():\n"
        "    folder = Path(__file__).resolve().parents[3] / 'data' / 'tally'\n"
        "    return [path.read_text() for path in sorted(folder.rglob('*.txt'))]\n",
        "utf-8",
    )
    (root / "tests/hidden/b_objects/deeper.py").write_text("", "utf-8")
    planted(root, "from .helper import words\nWORDS = words()", "assert words() == WORDS")
    assert checked() == []
    course = Course.load(root)
    names = {path.name for path in decisive_files(course, next(
        e for e in course.exercises if e.id == "tally"))}  # fmt: skip
    assert {"helper.py", "deeper.py", "words.txt"} <= names


def test_a_suite_that_reads_something_else_is_refused(
    root: Path, checked: Callable[[], list[str]]
) -> None:
    planted(root, "from pathlib import Path", "(Path(__file__).parents[3] / 'notes.txt').exists()")
    assert checked() == []
    suite = root / SUITE
    suite.write_text(suite.read_text("utf-8").replace("exists()", "read_text()"), "utf-8")
    faults = checked()
    assert faults
    assert all("opens notes.txt, which is none of the files of tally" in f for f in faults)
    assert all(fault.startswith(f"{SUITE}:") for fault in faults)


def test_what_a_suite_reads_while_it_is_imported_is_refused(
    root: Path, checked: Callable[[], list[str]]
) -> None:
    planted(root, "import sys, os; sys.path.insert(0, os.path.dirname(__file__) + '/../../..')\n"
                  "import elsewhere")  # fmt: skip
    (root / "elsewhere.py").write_text("", "utf-8")
    assert checked() == [], "a module in a folder above is found"
    (root / "docs").mkdir()
    (root / "elsewhere.py").rename(root / "docs" / "elsewhere.py")
    text = (root / SUITE).read_text("utf-8").replace("/../../..", "/../../../docs")
    (root / SUITE).write_text(text, "utf-8")
    (fault,) = checked()
    assert "opens docs/elsewhere.py, which is none of the files of tally" in fault
