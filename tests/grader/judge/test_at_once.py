"""Tests whose questions are put all at once: nobody can tell, but by the time it takes."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import Course
from grader.grading import talk
from grader.judge import recollection
from grader.report.model import ExerciseResult
from grader.sandbox.session import Session
from grader.sandbox.wire.channel import Channel
from grader.sandbox.wire.protocol import Several
from support import judging, needs
from support.files import write
from support.judging import JudgeOf

pytestmark = needs.linux

RIGHT = '''"""Steps."""


def step(x):
    """The next one."""
    return x + 1


def twice(x):
    """Two of it."""
    print("two of", x)
    return 2 * x


def adder(n):
    """Adds n."""
    return lambda x: x + n
'''
#: What is handed in beside it, so that there is something to share a worker with.
OTHER = "def other(x):\n    return x\n"

SUITE = '''"""Steps."""
import pytest


def test_steps(student):
    """Each step begins where the last one ended."""
    x = 0
    for _ in range(4):
        x = student.step(x)
    assert x == 4


def test_twice(student, rng):
    """It is two of it."""
    for x in rng.integers(1, 9, 5):
        assert student.twice(int(x)) == 2 * int(x)


def test_adder(student):
    """It adds."""
    adder = student.keep.adder(2)
    assert adder(3) == 5
    assert adder(4) == 6


def test_both(student):
    """They go together."""
    assert student.twice(student.step(1)) == 4
    assert student.step(student.twice(1)) == 3
'''
TESTS = ("test_steps", "test_twice", "test_adder", "test_both")

COURSE = """format: 1
title: Steps
limits: {call: 500ms, exercise: 3s}
units:
  - id: 01_a
    title: A
    exercises:
      - id: steps
        title: Steps
        tests: {test_steps: 1, test_twice: 1, test_adder: 1, test_both: 1}
"""

#: Marks a text for `steps`.
Graded = Callable[..., ExerciseResult]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many questions were put at once, and how many alone."""
    counts: Counter[str] = Counter()
    several, put = Session.several, Session._put

    def counted(self: Session, what: Several, body: bytes, seconds: float) -> list[bytes]:
        found = several(self, what, body, seconds)
        counts["at once"] += len(found)
        return found

    def counted_alone(self: Session, *args: object) -> object:
        counts["alone"] += 1
        return put(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "several", counted)
    monkeypatch.setattr(Session, "_put", counted_alone)
    return counts


@pytest.fixture
def grading(tmp_path: Path, judge_of: JudgeOf) -> Callable[..., Graded]:
    """A judge that has marked nothing yet."""
    count = iter(range(9))

    def start(suite: str = SUITE, right: str = RIGHT) -> Graded:
        names = re.findall(r"^def (test_\w+)", suite, re.MULTILINE)
        tests = ", ".join(f"{name}: 1" for name in names)
        files = {
            "course.yaml": re.sub("tests: .*", f"tests: {{{tests}}}", COURSE),
            "solutions/01_a/steps.py": right,
            "tests/hidden/01_a/test_steps.py": suite,
        }
        peer = judge_of(Course.load(write(tmp_path / f"course{next(count)}", files)))
        return functools.partial(graded, peer)

    return start


def graded(peer: Channel, text: str, **more: str) -> ExerciseResult:
    talk.send(peer, talk.Job({"other": OTHER, **more, "steps": text}, ("steps",)))
    result: ExerciseResult = judging.answer(peer, talk.Done).results[0]
    return result


def told(result: ExerciseResult) -> list[tuple[str, str, str]]:
    return [(test.outcome, test.message, test.printed) for test in result.tests]


def test_known_answers_are_asked_for_at_once(
    grading: Callable[..., Graded], asked: Counter[str]
) -> None:
    mark = grading()
    first = mark(RIGHT)
    assert told(first)[1][2].count("two of") == 5
    assert (asked["at once"], asked["alone"]) == (0, 16)
    asked.clear()
    assert told(mark(RIGHT.replace("2 * x", "x + x"))) == told(first)
    assert (asked["at once"], asked["alone"]) == (16, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("x + 1", "x + 1 if x < 2 else 7", id="late in a test"),
        pytest.param("x + 1", "x + 2", id="first"),
        pytest.param("2 * x", "1 / 0", id="error"),
        pytest.param("2 * x", "1 / (x - 5)", id="error at one"),
        pytest.param("x + n", "x - n", id="of an object"),
        pytest.param("return 2 * x", "raise NotImplementedError", id="stub"),
        pytest.param("return 2 * x", "while x > 4: pass\n    return 2 * x", id="endless"),
        pytest.param("return 2 * x", "[0] * 10**10", id="memory"),
        pytest.param("print(", "print('x' * 10**7 * 2, ", id="flood"),
        pytest.param('"""Steps."""', "seen = []", id="may keep something"),
        pytest.param("return 2 * x", "import os\n    os._exit(0)", id="gone"),
        pytest.param("def adder", "def add", id="missing"),
        pytest.param("return x + 1", "return x +", id="no Python"),
        pytest.param("def step", "1 / 0\n\n\ndef step", id="not to be loaded"),
    ],
)
def test_what_it_comes_to_is_what_a_judge_says_that_knows_nothing(
    grading: Callable[..., Graded], old: str, new: str
) -> None:
    text = RIGHT.replace(old, new)
    assert text != RIGHT
    fresh = grading()(text)
    mark = grading()
    mark(RIGHT)
    assert told(mark(text)) == told(fresh)
    assert told(mark(text)) == told(fresh), "and once more"
    assert told(mark(RIGHT))[0][0] == "passed"


def test_known_wrong_answers_are_known_at_once(
    grading: Callable[..., Graded], asked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recollection, "_LITTLE", 10.0)
    mark = grading()
    mark(RIGHT)
    first = mark(RIGHT.replace("2 * x", "3 * x"))
    asked.clear()
    assert told(mark(RIGHT.replace("2 * x", "x + x + x"))) == told(first)
    assert asked["alone"] == 0


def test_a_wrong_answer_pays_for_no_question_that_the_test_does_not_ask(
    grading: Callable[..., Graded], asked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recollection, "_LITTLE", 0.0)
    mark = grading()
    mark(RIGHT)
    wrong = RIGHT.replace("2 * x", "3 * x")
    first = mark(wrong)
    asked.clear()
    assert told(mark(wrong)) == told(first)
    assert asked["alone"] > 0, "what comes after the first wrong answer was thrown away"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "def loud(x: print('loaded')):\n    return x\n\n\n" + RIGHT, id="says so when loaded"
        ),
        pytest.param(
            RIGHT.replace("return x + 1", "from keeping import add\n    return x + add(x)"),
            id="keeps in another module",
        ),
        pytest.param(
            "import numpy as np\n"
            + RIGHT.replace("return x + 1", "out = np.empty(1)\n    out += 1\n    return x + out"),
            id="sees old memory",
        ),
    ],
)
def test_what_is_not_still_is_judged_as_ever(grading: Callable[..., Graded], text: str) -> None:
    keeping = "seen = []\ndef add(x):\n    seen.append(x)\n    return len(seen)\n"
    fresh = told(grading()(text, keeping=keeping))
    mark = grading()
    mark(RIGHT)
    assert told(mark(text, keeping=keeping)) == fresh


REFUSING = '''"""Steps."""
import pytest


def test_refused(student):
    """Nothing is below nothing."""
    with pytest.raises(ValueError):
        student.step(-1)
'''
REFUSED = "def step(x):\n    if x < 0:\n        raise ValueError('no')\n    return x + 1\n"
UNLOADED = REFUSED + "\n\nstep(-1)\n"


@pytest.mark.parametrize(("known", "text"), [(UNLOADED, REFUSED), (REFUSED, UNLOADED)])
def test_an_exception_of_loading_is_never_that_of_a_function(
    grading: Callable[..., Graded], known: str, text: str
) -> None:
    fresh = grading(REFUSING, REFUSED)(text)
    mark = grading(REFUSING, REFUSED)
    mark(known)
    found = mark(text)
    assert (told(found), found.loaded) == (told(fresh), fresh.loaded)
