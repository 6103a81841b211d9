"""What `grade check` says of an exercise: each kind of fault is planted, and read with its place.

The judge and its worker run in this process; `grade check` itself is tried in tests/grader/cli.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from grader import Course, Submission
from grader.authoring.proof import check
from grader.grading import talk
from grader.handin.matching import match
from grader.sandbox.wire.channel import Channel
from support.courses import sums
from support.judging import JudgeOf, answer
from support.launchers import ThreadLauncher

SOLUTION = "solutions/01_a/sums.py"
IDEAS = "misconceptions/01_a/sums.py"
SUITE = "tests/hidden/01_a/test_sums.py"
STUB = "exercises/01_a/sums.py"
OTHER = "tests/accepts/01_a/sums/other.py"


class ThreadGrader:
    """What `check` needs of a Grader, over a conversation with a judge of this process."""

    def __init__(self, course: Course, peer: Channel) -> None:
        self._course, self._peer = course, peer

    def start(self) -> None:
        answer(self._peer, talk.Taken)

    def review(self, exercise: str) -> talk.Reviewed:
        talk.send(self._peer, talk.Review(exercise))
        reviewed: talk.Reviewed = answer(self._peer, talk.Reviewed)
        return reviewed

    def grade(self, submission: Submission, exercises: Iterable[str], seed: int = 0) -> Any:
        wanted = tuple(exercises)
        modules = match(self._course, submission, wanted).modules
        talk.send(self._peer, talk.Job(modules, wanted, seed))
        return type("Report", (), {"exercises": answer(self._peer, talk.Done).results})

    def rehearse(self, exercise: str, lost: dict[str, tuple[str, ...]]) -> talk.Rehearsed:
        talk.send(self._peer, talk.Rehearse(exercise, lost))
        rehearsed: talk.Rehearsed = answer(self._peer, talk.Rehearsed)
        return rehearsed

    def in_parallel(self, calls: Iterable[Callable[[], Any]]) -> Any:
        return (call() for call in calls)

    def audited(self, exercise: str) -> tuple[Any, ...]:
        return ()


Proved = Callable[..., list[str]]


@pytest.fixture
def proved(course_dir: Path, judge_of: JudgeOf) -> Proved:
    """The faults that are told, after a change: `proved(file, old, new)`."""
    from grader.authoring.sync import sync

    suite = course_dir / SUITE
    both = (
        '\n\ndef test_both(student):\n    """Both."""\n    v = np.array([1.0])\n'
        "    assert student.total(v) == 1.0\n    assert student.scaled(v)[0] == 2.0\n"
    )
    text = suite.read_text("utf-8").replace(
        "student.scaled(np.array([1.0, 2.0])).shape",
        "student.scaled(np.array([1.0, 2.0]), 0.5).shape",
    )
    suite.write_text(text + both, "utf-8")
    ideas = course_dir / IDEAS
    ideas.write_text(
        ideas.read_text("utf-8")
        + '\n\nclass ForgetsTheFirst:\n    """Where does counting start?"""\n\n'
        "    def total(v):\n        return float(v[1:].sum())\n\n\n"
        'class LosesAnAxis:\n    """What shape has the result?"""\n\n'
        "    def scaled(v, c=2.0):\n        return c * v if c > 1 else c * v[:1]\n\n\n"
        'class OneIsEnough:\n    """And if there is only one?"""\n\n'
        "    def total(v):\n        return float(v.sum()) if len(v) > 1 else 0.0\n",
        "utf-8",
    )
    course = (course_dir / "course.yaml").read_text("utf-8")
    course = course.replace("0.25}", "0.25, test_both: 1}")
    (course_dir / "course.yaml").write_text(course, "utf-8")
    other = course_dir / OTHER
    other.parent.mkdir(parents=True)
    other.write_text(sums.SOLUTION.replace("float(np.asarray(v).sum())", "float(sum(v))"), "utf-8")
    sync(Course.load(course_dir), write=True)

    def prove(name: str = "", old: str = "", new: str = "") -> list[str]:
        if name:
            path = course_dir / name
            text = path.read_text("utf-8")
            assert old in text, old
            path.write_text(text.replace(old, new), "utf-8")
        found = Course.load(course_dir)
        grader: Any = ThreadGrader(found, judge_of(found, ThreadLauncher("sums")))
        (checked,) = check(found, list(found.exercises), grader, (0, 1, 2))
        assert checked.exercise == "sums"
        return [str(fault) for fault in checked.faults]

    return prove


def test_a_sound_exercise_has_no_fault(proved: Proved) -> None:
    assert proved() == []


#: An idea that shares a function with another.
_IN_PART = '''
    """How many: {0}?"""

    def total(v):
        return 99.0

    def scaled(v, c=2.0):
        return c * v + {1}


'''

PLANTED: dict[str, tuple[str, str, str, str]] = {
    "a solution that fails": (
        SOLUTION, "return c * v", "return c * v + 1",
        f"{SOLUTION}: test_scaled ends as failed with seed 0 ({SUITE}:19): Wrong values: at [0] "
        "expected 2.0, got 3.0; expected full marks",
    ),
    "a solution that raises": (
        SOLUTION, "return c * v", "return c * w", f"{SOLUTION}:",
    ),
    "a test that fails on another seed": (
        SUITE, "v = rng.normal(size=n)\n",
        "v = rng.normal(size=n)\n    assert 0 < rng.random() < 0.6\n",
        f"{SUITE}:13: test_any_number with seed 2: The test itself raised AssertionError",
    ),
    "a test that raises": (
        SUITE, "== (2,)", "== (2,) and undefined",
        f"{SUITE}:24: test_shape_is_used with seed 0: The test itself raised NameError",
    ),
    "a stub that answers": (
        STUB, "raise NotImplementedError", "return 6.0",
        f"{STUB}: test_sum ends as passed on the stub; expected every test not_attempted",
    ),
    "a variant that is wrong": (
        OTHER, "float(sum(v))", "float(sum(v[1:]))",
        f"{OTHER}: test_sum ends as failed with seed 0 ({SUITE}:7): Wrong value: expected 6.0, "
        "got 5.0; expected full marks",
    ),
    "an idea that is right": (
        IDEAS, "return float(np.mean(v))", "return float(np.sum(v))",
        f"{IDEAS}:8: TakesTheMean passes every test; expected a test that catches it",
    ),
    "two ideas that answer alike": (
        IDEAS, "return float(v[1:].sum())", "return float(np.mean(v))",
        f"{IDEAS}:8: TakesTheMean is caught (failed) but not recognised; "
        "expected an input on which it answers as no other does",
    ),
    "two ideas that are one in a function": (
        IDEAS, "class OneIsEnough",
        f"""class Adds:{_IN_PART.format("one", 1)}class AddsMore:{_IN_PART.format("two", 2)}"""
        "class OneIsEnough",
        f"{IDEAS}:37: Adds, in total alone, its twin right, is not recognised; "
        "expected an input on which it answers as no other does",
    ),
    "a test that nothing fails": (
        SUITE, "    assert student.total(v) == pytest.approx(v.sum())\n", "    student.keep(v)\n",
        f"{SUITE}:13: no wrong answer fails test_any_number; expected a test that can fail",
    ),
    "a missing docstring": (
        SOLUTION, '    """Add up.\n\n    Examples:\n        >>> total(np.array([1.0, 2.0]))\n'
        '        3.0\n    """\n', "", f"{SOLUTION}:14: total has no docstring",
    ),
    "no examples": (
        SOLUTION, "    Examples:\n        >>> total(np.array([1.0, 2.0]))\n        3.0\n", "",
        f"{SOLUTION}:14: total has no examples; expected two or three >>> lines",
    ),
    "an example that is not true": (
        SOLUTION, "array([2., 4.])", "array([2., 5.])",
        f"{SOLUTION}:28: example of scaled: Wrong values: at [1] expected 5.0, got 4.0",
    ),
    "no hints": (
        SOLUTION, "Hints\n-----", "Notes\n-----",
        f"{SOLUTION}:1: the module docstring has no section Hints; expected a numbered list",
    ),
    "no reason": (
        SOLUTION, "Why it works\n-----", "Why\n-----",
        f"{SOLUTION}:1: the module docstring has no section Why it works",
    ),
    "a test without a docstring": (
        SUITE, '    """The sum of (1, 2, 3) is 6."""\n', "",
        f"{SUITE}:7: test_sum has no docstring; expected what must be so",
    ),
    "an idea without a hint": (
        IDEAS, '    """Is a sum divided by anything?"""\n', "",
        f"{IDEAS}:7: TakesTheMean has no hint; expected a docstring",
    ),
    "a hint that is too long": (
        IDEAS, "Is a sum divided by anything?", "Is a sum divided? " * 20,
        f"{IDEAS}:8: the hint of TakesTheMean has 359 characters; expected at most 240",
    ),
    "an idea that replaces nothing": (
        IDEAS, "class OneIsEnough", 'class Nothing:\n    """Hm?"""\n\n\nclass OneIsEnough',
        f"{IDEAS}: Nothing replaces no function",
    ),
    "sizes that nothing takes": (
        IDEAS, "class OneIsEnough:", "class OneIsEnough:\n    __sizes__ = (1, 2)\n",
        " has __sizes__ that no function takes",
    ),
    "what is not written yet": (
        IDEAS, "Who else holds", "TODO holds", f"{IDEAS}:13: still says TODO",
    ),
    "a title that is not written yet": (
        "course.yaml", "        title: Sums", "        title: TODO",
        "course.yaml:10: the title of sums still says TODO",
    ),
    "a forbidden name with a typo": (
        "course.yaml", "numpy.linalg.norm", "numpy.linalg.nrom",
        "course.yaml:11: sums: forbidden name numpy.linalg.nrom does not exist; "
        "did you mean numpy.linalg.norm?",
    ),
    "a forbidden name that is like no other": (
        "course.yaml", "numpy.linalg.norm", "numpy.zzzzzz",
        "course.yaml:11: sums: forbidden name numpy.zzzzzz does not exist; "
        "expected a dotted name of an installed library",
    ),
    "a forbidden library with a typo": (
        "course.yaml", "numpy.linalg.norm", "nunpy.linalg.norm",
        "course.yaml:11: sums: forbidden name nunpy.linalg.norm does not exist; "
        "did you mean numpy?",
    ),
    "a forbidden name of Python's own with a typo": (
        "course.yaml", "numpy.linalg.norm", "math.hypott",
        "course.yaml:11: sums: forbidden name math.hypott does not exist; "
        "did you mean math.hypot?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_fault_is_named_with_its_place(kind: str, proved: Proved) -> None:
    name, old, new, said = PLANTED[kind]
    told = proved(name, old, new)
    assert any(said in line for line in told), told


@pytest.mark.parametrize("name", ["math.sumprod", "math.no_such_thing", "scipy.linalg.zzz"])
def test_names_that_another_version_may_have_are_no_fault(name: str, proved: Proved) -> None:
    assert proved("course.yaml", "numpy.linalg.norm", name) == []


def test_a_missing_stub(proved: Proved, course_dir: Path) -> None:
    (course_dir / STUB).unlink()
    assert proved() == [f"{STUB}: there is no stub; expected one (`grade sync` writes it)"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("class A\n", 1, "SyntaxError: expected ':'"),
        ("x = 1\n1 / 0\n", 2, "ZeroDivisionError: division by zero"),
    ],
)
def test_a_broken_misconceptions_file_is_one_fault(
    text: str, line: int, said: str, proved: Proved, course_dir: Path
) -> None:
    (course_dir / IDEAS).write_text(text, "utf-8")
    (told,) = proved()
    assert told.startswith(f"{IDEAS}:{line}: ")
    assert said in told
    assert told.endswith("; expected code that runs without errors")


def test_a_solution_that_is_wrong_beside_a_broken_misconceptions_file(
    proved: Proved, course_dir: Path
) -> None:
    """Reading has told of the file; what needed it is left out."""
    (course_dir / IDEAS).write_text("1 / 0\n", "utf-8")
    told = proved(SOLUTION, "return c * v", "return c * v + 1")
    assert [line for line in told if line.startswith(f"{IDEAS}:1: ZeroDivisionError")]
    assert len(told) == len(set(told))


def test_a_broken_solution_is_told_with_its_line(proved: Proved) -> None:
    told = proved(SOLUTION, "import numpy as np", "import nunpy as np")
    assert told[0] == (
        f"{SOLUTION}:11: ModuleNotFoundError: No module named 'nunpy'; did you mean numpy?"
    )


def test_an_idea_that_exits_is_an_idea_like_others(proved: Proved) -> None:
    assert proved(IDEAS, "return float(v[1:].sum())", "raise SystemExit(3)") == []


def test_a_file_that_is_no_utf_8_is_told_with_its_line(proved: Proved, course_dir: Path) -> None:
    path = course_dir / OTHER
    path.write_bytes(path.read_bytes() + b"\n# \xe4\n")
    line = path.read_bytes().count(b"\n")
    assert proved() == [f"{OTHER}:{line}: a byte that is not UTF-8; expected UTF-8 text"]


def test_a_suite_that_hands_something_to_an_answer(proved: Proved) -> None:
    """It would show the student's own class what is expected."""
    told = proved(
        SUITE,
        "    assert_close(student.total(np.array([1.0, 2.0, 3.0])), 6.0)",
        "    got = student.total(np.array([1.0, 2.0, 3.0]))\n"
        "    assert got == 6.0 if isinstance(got, float) else got.equal(6.0)",
    )
    what = "test_sum hands something to what total returned; expected assert_close on the answer"
    assert [line for line in told if what in line], told
