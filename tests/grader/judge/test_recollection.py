"""Tests whose answers are known: what is run again, what is not, and that nobody can tell."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader import Course
from grader.judge.recollection import Recollection
from grader.judge.suite import Ending, Suite
from grader.judge.transcript import Call, Transcript
from grader.judge.verdict import Verdict, last_asked
from grader.report.model import ExerciseResult
from grader.sandbox.exchange import Exchange, Heard, Question, fingerprint_of
from grader.sandbox.wire.protocol import Answer, Do, Op, Raised
from support import judging, needs
from support.files import write
from support.judging import JudgeOf, outcomes

pytestmark = needs.linux

RIGHT = '''"""Steps."""


class Pile:
    """Numbers."""

    def __init__(self):
        self.all = []

    def put(self, x):
        """Add one."""
        self.all.append(x)
        return sum(self.all)


def step(x):
    """The next one."""
    if x < 0:
        raise ValueError("below zero")
    return x + 1


def twice(x):
    """Two of it."""
    print("two of", x)
    return 2 * x
'''

SUITE = '''"""Steps."""
import pytest


def test_steps(student):
    """Each step begins where the last one ended."""
    x = 0
    for _ in range(3):
        x = student.step(x)
    assert x == 3


def test_refusal(student):
    """It refuses what is below zero."""
    with pytest.raises(ValueError):
        student.step(-1)


def test_twice(student, rng):
    """It is two of it."""
    x = int(rng.integers(1, 9))
    assert student.twice(x) == 2 * x


def test_pile(student):
    """It adds up."""
    pile = student.keep.Pile()
    assert pile.put(2) == 2
    assert pile.put(3) == 5
'''

COURSE = """format: 1
title: Steps
limits: {call: 500ms, exercise: 3s}
units:
  - id: 01_a
    title: A
    exercises:
      - id: steps
        title: Steps
        tests: {test_steps: 1, test_refusal: 1, test_twice: 1, test_pile: 1}
"""

#: Marks a text for `steps`.
Graded = Callable[[str], ExerciseResult]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the tests that were run, in order."""
    names: list[str] = []
    run = Suite.run

    def counted(self: Suite, item: pytest.Item, transcript: object) -> object:
        names.append(item.name)
        return run(self, item, transcript)  # type: ignore[arg-type]

    monkeypatch.setattr(Suite, "run", counted)
    return names


@pytest.fixture
def grading(tmp_path: Path, judge_of: JudgeOf) -> Callable[[str], Graded]:
    """A judge that has marked nothing yet, for a suite."""
    count = iter(range(9))

    def start(suite: str = SUITE) -> Graded:
        files = {
            "course.yaml": COURSE,
            "solutions/01_a/steps.py": RIGHT,
            "tests/hidden/01_a/test_steps.py": suite,
        }
        peer = judge_of(Course.load(write(tmp_path / f"course{next(count)}", files)))
        return functools.partial(judging.graded, peer, "steps")

    return start


def test_the_same_answers_run_no_test(grading: Callable[..., Graded], ran: list[str]) -> None:
    """Another text with the same answers, on other lines; the printed text is its own."""
    graded = grading()
    first = graded(RIGHT)
    assert ran == ["test_steps", "test_refusal", "test_twice", "test_pile"]
    assert outcomes(first) == ["passed"] * 4
    ran.clear()
    second = graded('"""Mine."""\n\n\n' + RIGHT.replace("2 * x", "x + x"))
    assert ran == []
    assert outcomes(second) == ["passed"] * 4
    assert [t.printed for t in second.tests] == [t.printed for t in first.tests]
    assert "two of" in second.tests[2].printed


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        pytest.param("x + 1", "x + 1 if x < 2 else 7", "test_steps", id="last"),
        pytest.param("x + 1", "x + 2", "test_steps", id="first"),
        pytest.param('raise ValueError("b', 'raise KeyError("b', "test_refusal", id="raised"),
        pytest.param("2 * x", "2.0 * x", "test_twice", id="kind"),
        pytest.param("2 * x", "1 / 0", "test_twice", id="error"),
        pytest.param("two of", "2 of", "test_twice", id="printed"),
        pytest.param("sum(self.all)", "len(self.all)", "test_pile", id="object"),
        pytest.param("return 2 * x", "raise NotImplementedError", "test_twice", id="stub"),
        pytest.param("return 2 * x", "while True: pass", "test_twice", id="endless"),
        pytest.param("return 2 * x", "import os; os._exit(0)", "test_twice", id="gone"),
    ],
)
def test_another_answer_runs_its_test(
    grading: Callable[..., Graded], ran: list[str], old: str, new: str, again: str
) -> None:
    """What it comes to is what a judge says that has seen nothing before."""
    text = RIGHT.replace(old, new)
    assert text != RIGHT
    fresh = grading()(text)
    graded = grading()
    graded(RIGHT)
    ran.clear()
    assert told(graded(text)) == told(fresh)
    assert set(ran) == {again}
    assert told(graded(text)) == told(fresh), "and once more"


def told(result: ExerciseResult) -> list[tuple[str, str, str]]:
    return [(test.outcome, test.message, test.printed) for test in result.tests]


def test_what_a_failed_test_had_in_its_hands_is_let_go(
    grading: Callable[..., Graded], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A traceback leads to all frames that led to it, and is in one of them."""
    errors: list[BaseException | None] = []
    run = Suite.run

    def kept(self: Suite, item: pytest.Item, transcript: Transcript) -> Ending:
        ending = run(self, item, transcript)
        errors.append(ending.error)
        return ending

    monkeypatch.setattr(Suite, "run", kept)
    grading()(RIGHT.replace("2 * x", "3 * x"))
    assert [type(error).__name__ for error in errors].count("AssertionError") == 1
    assert all(error is None or error.__traceback__ is None for error in errors)


def test_a_message_that_quotes_a_text_quotes_the_students_own(
    grading: Callable[..., Graded],
) -> None:
    graded = grading()
    one = graded(RIGHT.replace("return 2 * x", "return 2 * one"))
    two = graded(RIGHT.replace("return 2 * x", "return 2 * one + two"))
    assert "2 * one + two" not in one.tests[2].message
    assert "2 * one + two" in two.tests[2].message


def test_a_known_wrong_answer_is_told_of_without_its_test(
    grading: Callable[..., Graded], ran: list[str]
) -> None:
    graded = grading()
    first = graded(RIGHT.replace("2 * x", "3 * x"))
    ran.clear()
    second = graded(RIGHT.replace("2 * x", "x + x + x"))
    assert ran == []
    assert second.tests[2].outcome == "failed"
    assert told(second) == told(first)


def test_where_a_worker_was_ended_the_next_tests_find_a_new_one(
    grading: Callable[..., Graded],
) -> None:
    """A suite that cannot use an answer is tried on the reference, which has a worker's time."""
    unusable = SUITE.replace("x = student.step(x)", "x = round(student.step(x))")
    text = "seen = []\n" + RIGHT.replace("return x + 1", "seen.append(x)\n    return 'one'")
    text = text.replace("return 2 * x", "return 2 * x + len(seen)")
    graded = grading(unusable)
    first = graded(text)
    assert outcomes(first) == ["failed", "passed", "passed", "passed"]
    assert told(graded(f"{text}# mine\n")) == told(first)


def test_a_test_that_asks_by_chance_is_not_followed_twice(
    grading: Callable[..., Graded], ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be asked what it does not want to know."""
    monkeypatch.setattr(pytest, "asked", 0, raising=False)  # what a library holds is not seen
    chance = SUITE.replace(
        "    x = int(rng.integers(1, 9))\n", "    pytest.asked += 1\n    x = pytest.asked\n"
    )
    graded = grading(chance)
    assert outcomes(graded(RIGHT)) == ["passed"] * 4
    wrong = RIGHT.replace("2 * x", "2 * x if x < 3 else 0")
    assert outcomes(graded(wrong))[2] == "passed", "known answers: it is not run"
    ran.clear()
    lost = graded(RIGHT.replace("2 * x", "0"))
    assert ran == ["test_twice", "test_twice"], "it asks something else, and is run anew"
    assert lost.tests[2].outcome == "failed"
    ran.clear()
    graded(RIGHT)
    assert ran == ["test_twice"]


@pytest.mark.parametrize("asks_less", [False, True])
def test_what_stops_at_a_question_that_is_not_asked_stops_no_test(
    grading: Callable[..., Graded],
    ran: list[str],
    monkeypatch: pytest.MonkeyPatch,
    asks_less: bool,
) -> None:
    monkeypatch.setattr(pytest, "asked", 0, raising=False)
    x = "pytest.asked" if not asks_less else "1"
    leave = "    if pytest.asked > 1: return\n" if asks_less else ""
    chance = SUITE.replace(
        "    x = int(rng.integers(1, 9))\n",
        f"    pytest.asked += 1\n    assert student.twice(0) == 0\n{leave}    x = {x}\n",
    )
    graded = grading(chance)
    assert outcomes(graded(RIGHT)) == ["passed"] * 4
    ran.clear()
    endless = RIGHT.replace("return 2 * x", "while x == 1: pass\n    return 2 * x")
    assert outcomes(graded(endless)) == ["passed"] * 4
    assert ran == ["test_twice", "test_twice"]


def test_tests_that_leave_something_to_others_are_always_run(
    grading: Callable[..., Graded], ran: list[str]
) -> None:
    """What one test noted is the student's own when the next one looks at it."""
    noting = SUITE.replace("import pytest\n", "import pytest\n\nnoted = {}\n")
    noting = noting.replace("    assert x == 3", "    noted['x'] = x\n    assert x > 0")
    noting = noting.replace(
        "assert student.twice(x) == 2 * x", "assert student.twice(3) == 2 * noted['x']"
    )
    graded = grading(noting)
    other = RIGHT.replace("x + 1", "x + 2")
    found = [outcomes(graded(text)) for text in (RIGHT, other, RIGHT, other)]
    lost = ["passed", "passed", "failed", "passed"]
    assert found == [["passed"] * 4, lost, ["passed"] * 4, lost]
    assert len(ran) == 16


def test_a_test_with_fixtures_of_its_own_is_always_run(
    grading: Callable[..., Graded], ran: list[str]
) -> None:
    own = SUITE.replace("(student, rng)", "(student, rng, tmp_path)")
    graded = grading(own)
    for _ in range(2):
        ran.clear()
        assert outcomes(graded(RIGHT)) == ["passed"] * 4
    assert ran == ["test_twice"]


# --- alone ----------------------------------------------------------------------------------------

DO = Do("call", "f", 0, (), {}, False)


def call(fingerprint: bytes = b"a", weight: int = 10) -> Call:
    exchange = Exchange(DO, (), b"", 1, None, None, "", (), 0, weight, fingerprint=fingerprint)
    return Call(exchange, Op("call", "f"), [], "f", frozenset({"f"}))


def test_the_last_call_is_told_of_though_its_test_was_not_run() -> None:
    """It is the one that may have used up a function's time."""
    transcript = Transcript()
    transcript.recall([call()])
    assert last_asked(transcript) == "f()"
    transcript.begin()
    assert last_asked(transcript) == ""


@pytest.mark.parametrize("outcome", ["timeout", "crashed", "grader_fault", "error", "skipped"])
def test_only_verdicts_on_answers_are_kept(outcome: str) -> None:
    kept = Recollection()
    kept.learn("item", 0, [call()], Verdict(outcome))  # type: ignore[arg-type]
    assert not kept._known


def test_memory_is_bounded() -> None:
    kept = Recollection(most_bytes=1 << 20)
    for number in range(2000):
        kept.learn("item", 0, [call(b"%d" % number)], Verdict("passed"))
    assert 0 < len(kept._known) < 1000
    before = dict(kept._known)
    kept.learn("large", 0, [call(b"b", 1 << 19)], Verdict("passed"))
    assert kept._known == before, "one test never fills it"


def test_a_part_of_a_large_array_weighs_as_much_as_the_whole() -> None:
    kept = Recollection(most_bytes=1 << 20)
    rows = np.zeros((1000, 100))
    many = [call(b"%d" % number) for number in range(10)]
    for each, row in zip(many, rows, strict=False):
        each.args, each.kwargs = ([row[::2]],), {"x": {"y": row}}
    kept.learn("item", 0, many, Verdict("passed"))
    assert not kept._known
    few = np.zeros((10, 100))
    for each, row in zip(many, few, strict=True):
        each.args, each.kwargs = ([row[::2]],), {"x": {"y": row}}
    kept.learn("item", 0, many, Verdict("passed"))
    assert len(kept._known) == 11, "which is counted once"


def heard(answer: Answer, body: bytes = b"") -> Heard:
    return Heard(answer, (len(body),) if body else (), bytearray(body), 10)


RAISED = Raised("ValueError", "ValueError", "no", (("a.py", 3, "f"),), True)


def test_the_fingerprint_of_an_answer_is_all_that_a_test_can_see() -> None:
    same = [
        (Answer(1, cpu=0.5), Answer(1, cpu=0.7)),
        (Answer(raised=RAISED), Answer(raised=Raised("ValueError", "ValueError", "no"))),
    ]
    for one, two in same:
        assert fingerprint_of(heard(one)) == fingerprint_of(heard(two)) != b""
    others = [
        Answer(1),
        Answer(1.0),
        Answer(True),
        Answer(1, printed="x"),
        Answer(1, cut=1),
        Answer(1, warnings=("UserWarning: x",)),
        Answer(1, same=True),
        Answer(raised=RAISED),
        Answer(raised=Raised("ValueError", "ValueError", "yes")),
        Answer(raised=Raised("ValueError", "Mine", "no")),
    ]
    found = [fingerprint_of(heard(answer)) for answer in others]
    found += [fingerprint_of(heard(Answer(1), b"a")), fingerprint_of(heard(Answer(1), b"b"))]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(stop="output"),
        Answer(raised=Raised("NotImplementedError", "NotImplementedError", "")),
    ],
)
def test_what_depends_on_the_text_has_no_fingerprint(answer: Answer) -> None:
    assert fingerprint_of(heard(answer)) == b""


def test_questions_are_alike_by_their_bytes() -> None:
    nan = Question(Do("call", "f", 0, (float("nan"),), {}, False), (), b"")
    other = Question(Do("call", "f", 0, (float("nan"),), {}, False), (), b"")
    assert nan.is_like(other)
    assert not nan.is_like(other._replace(body=b"x"))
    assert not nan.is_like(Question(DO, (), b""))
