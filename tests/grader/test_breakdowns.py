"""When something breaks, the message names the cause, and nobody else is marked differently."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import Course, CourseError, Grader, GraderFault, Submission
from grader.sandbox.processes import caller
from grader.sandbox.processes.interpreter import clean_environment
from support import needs

pytestmark = [needs.linux, pytest.mark.usefixtures("without_torch")]

SUITE = "tests/hidden/a_numbers/test_temperature.py"
Broken = Callable[..., Grader]


@pytest.fixture
def shop(workshop_copy: Path) -> Path:
    return workshop_copy


def planted(shop: Path, inside: str = "", top: str = "") -> Grader:
    """A grader of the second course, with a line added to a suite: at its top, or in a test."""
    suite = shop / SUITE
    text = suite.read_text("utf-8")
    start = text.index('"""\n', text.index('"""', text.index("def test_water")) + 3) + 4
    suite.write_text(f"{top}\n{text[:start]}    {inside or 'pass'}\n{text[start:]}", "utf-8")
    return Grader(Course.load(shop), jobs=2)


def right(shop: Path, name: str = "ada") -> Submission:
    folder = shop / "solutions" / "a_numbers"
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.py")}
    return Submission.from_sources(texts, name)


ENDS = {
    "import os; os._exit(3)": "it ended with exit status 3 (does a suite or a solution end",
    "import os; os.kill(os.getpid(), 9)": "it was killed by SIGKILL (from outside: was the mach",
    "import ctypes; ctypes.string_at(0)": "it was killed by SIGSEGV (a library of the suites cr",
}


@pytest.mark.parametrize("line", ENDS)
def test_a_suite_that_ends_the_process(line: str, shop: Path) -> None:
    with planted(shop, f"{line} if 'bad' in repr(student.to_kelvin(0.0)) else None") as grader:
        assert grader.grade(right(shop), ["temperature"]).exercises[0].outcome == "passed"
        bad = right(shop).sources["temperature.py"].replace("def to_kelvin(", "def _right(")
        bad += "\n\ndef to_kelvin(celsius):\n    return 'bad'\n"
        with pytest.raises(GraderFault) as met:
            grader.grade(Submission.from_sources({"temperature.py": bad}), ["temperature"])
        told = str(met.value)
        assert told.startswith("twice over the same submission, no test had ended yet: ")
        assert ENDS[line] in told
        if "SIGSEGV" in told:
            assert f"{SUITE.rpartition('/')[2]}" in told, "the lines that led there"
        assert grader.grade(right(shop), ["temperature"]).exercises[0].outcome == "passed"


def test_the_test_before_it_is_named(shop: Path) -> None:
    with planted(shop) as grader:
        suite = shop / SUITE
        text = suite.read_text("utf-8")
        names = [
            line[4:].partition("(")[0] for line in text.splitlines() if line[:9] == "def test_"
        ]
        last = text.rindex("def test_")
        start = text.index('"""\n', text.index('"""', last) + 3) + 4
        suite.write_text(f"{text[:start]}    __import__('os')._exit(3)\n{text[start:]}", "utf-8")
        with pytest.raises(GraderFault, match=rf"test {names[-2]} of temperature had just ended"):
            grader.grade(right(shop), ["temperature"])


@pytest.mark.parametrize(
    "line", ["import sys; sys.exit(4)", "pytest.exit('no more')", "raise KeyboardInterrupt"]
)
def test_a_test_that_would_end_pytest_ends_itself(line: str, shop: Path) -> None:
    with planted(shop, f"import pytest; {line}") as grader:
        result = grader.grade(right(shop), ["temperature"]).exercises[0]
    faults = [test for test in result.tests if test.outcome == "grader_fault"]
    assert [test.id for test in faults] == ["test_water"]
    assert f"({SUITE.rpartition('/')[2]}, line" in faults[0].message


IMPORTS = {
    "import sys; sys.exit(4)": ":1: SystemExit: 4; expected a file of the course that can be",
    "raise KeyboardInterrupt('x')": ":1: KeyboardInterrupt: x; expected a file of the course",
    "import pytest; pytest.exit('no')": ":1: Exit: no; expected a file of the course that can",
    "import nolibrary.part": ":1: ModuleNotFoundError: No module named 'nolibrary'; expected a "
    "library that is installed where the course is graded",
    "import nunpy": ":1: ModuleNotFoundError: No module named 'nunpy'; did you mean numpy?",
}


@pytest.mark.parametrize("line", IMPORTS)
def test_a_suite_that_cannot_be_imported(line: str, shop: Path) -> None:
    with planted(shop, top=line) as grader, pytest.raises(CourseError) as met:
        grader.start()
    assert f"{SUITE}{IMPORTS[line]}" in str(met.value)


def test_a_suite_that_ends_the_process_when_it_is_imported(shop: Path) -> None:
    with planted(shop, top="import os; os._exit(5)") as grader, pytest.raises(GraderFault) as met:
        grader.start()
    assert "the judge is gone: it ended with exit status 5 (does a suite" in str(met.value)


STARTS = {
    "raise ImportError('no room in the library')": "ImportError: no room in the library",
    "import os; os._exit(9)": "it ended with exit status 9",
    "sys.modules['numpy'] = None": "ModuleNotFoundError: import of numpy halted",
}


@pytest.mark.parametrize("line", STARTS)
def test_a_base_that_cannot_start(line: str, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interpreter(call: str, *fds: int, stderr: Any) -> subprocess.Popen[bytes]:
        module = call.partition("(")[0].rpartition(".")[0]
        code = f"import sys; sys.path[:] = {sys.path!r}\n{line}\nimport {module}; {call}"
        return subprocess.Popen(
            [sys.executable, "-c", code], stderr=stderr, pass_fds=fds, env=clean_environment()
        )

    monkeypatch.setattr(caller, "interpreter", interpreter)
    with Grader(Course.load(shop)) as grader, pytest.raises(GraderFault) as met:
        grader.start()
    assert "the grader's base process did not start: it ended with exit status" in str(met.value)
    assert STARTS[line] in str(met.value)
