"""What one bad function costs, in processes: the marks of the tests that call it, and no others."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader import Course, Grader, Submission
from grader.course.outline import Exercise
from grader.report import model
from support import needs
from support.places import SUBMISSIONS

pytestmark = needs.linux

COURSE = Course.load(SUBMISSIONS / "course")
RIGHT = (SUBMISSIONS / "course/solutions/01_targets/many.py").read_text("utf-8")

#: A file of nine functions, four of which are bad, each in its own way.
FOUR_BAD = (
    RIGHT.replace("return float(v.sum())", "while len(v) > 99: pass\n    return float(v.sum())")
    .replace("return float(v[0])", "while True: pass")
    .replace("return c * v", "__import__('os')._exit(0)")
    .replace("return float(v @ w)", "while True: print('never enough' * 100)")
)
#: What it comes to; all else passes.
COSTS = {
    "test_total_of_many": "timeout",
    "test_first": "timeout",
    "test_scaled": "crashed",
    "test_dot": "output",
}


def in_order(course: Course, order: list[str]) -> Course:
    """The course with the tests of `many`, and no other exercise, in another order."""
    (unit,) = course.units
    many = course.exercise("many")
    assert many is not None
    exercise: Exercise = msgspec.structs.replace(many, tests={t: many.tests[t] for t in order})
    return msgspec.structs.replace(
        course, units=(msgspec.structs.replace(unit, exercises=(exercise,)),)
    )


def judged(grader: Grader, text: str, exercise: str = "many") -> dict[str, model.TestResult]:
    """The results of a module, in the order of the report."""
    submission = Submission.from_sources({f"{exercise}.py": text}, "it")
    (result,) = grader.grade(submission, [exercise]).exercises
    return {test.id: test for test in result.tests}


TESTS = list(COURSE.exercise("many").tests)  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_the_order_of_the_tests_decides_nothing(seed: int | None) -> None:
    """In any order the same marks; the report keeps the order of course.yaml."""
    order = list(TESTS)
    if seed is not None:
        random.Random(seed).shuffle(order)
    with Grader(in_order(COURSE, order), torch=False) as grader:
        results = judged(grader, FOUR_BAD)
    assert list(results) == order
    assert {t: r.outcome for t, r in results.items() if r.outcome != "passed"} == COSTS


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(in_order(COURSE, TESTS), torch=False) as grader:
        yield grader


#: Answers to `pairs` that hold what is asked for, in objects of the student's own.
OWN_OBJECTS = """
class Row(list):
    pass


class Table:
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        return self.rows[index]


def own(function):
    return lambda *args: Row(function(*args))


numbers, table = own(numbers), own(table)
right_rows = rows


def rows():
    return Table([Row(row) for row in right_rows()])
"""


def test_objects_of_ones_own_are_not_empty() -> None:
    """What a loop finds in them counts, also where the objects stand in a list."""
    right = (SUBMISSIONS / "course/solutions/01_targets/pairs.py").read_text("utf-8")
    with Grader(COURSE, torch=False) as grader:
        for text in (right + OWN_OBJECTS, right + OWN_OBJECTS.replace("Table([", "list([")):
            results = judged(grader, text, "pairs")
            assert {t: r.message for t, r in results.items() if r.outcome != "passed"} == {}


def test_what_was_not_reached_says_which_call_used_its_time_up(grader: Grader) -> None:
    results = judged(grader, RIGHT.replace("return float(v.sum())", "while True: pass"))
    lost = {t: r.message for t, r in results.items() if r.outcome != "passed"}
    assert len(lost) == 5
    assert {r.outcome for r in results.values()} == {"passed", "timeout"}
    assert lost["test_total"].startswith("No answer within 1 s.")
    told = "Not reached: the time for it was used up by total(np.array([2.0, -1.0, 5.0]))."
    assert lost["test_mean_is_total_by_count"] == told


def test_a_module_that_cannot_be_loaded_is_told_as_one(grader: Grader) -> None:
    """No function is blamed, and no other is tried."""
    results = judged(grader, RIGHT + "\nwhile True:\n    pass\n")
    assert {r.outcome for r in results.values()} == {"timeout"}
    (told,) = {r.message for r in results.values()}
    assert told.startswith("many.py could not be loaded within 1 s.")
    assert "Call:" not in told


def test_a_first_function_that_never_ends_is_not_taken_for_the_module(grader: Grader) -> None:
    """The module is asked for a name that it does not have: it can be loaded."""
    text = RIGHT.replace("return float(v.sum())", "while True: pass")
    assert judged(grader, text)["test_first"].outcome == "passed"


def test_until_something_is_lost(grader: Grader) -> None:
    """Who asks only whether anything is lost hears of it at once."""
    text = RIGHT.replace("return float(v.sum())", "while True: pass")
    submission = Submission.from_sources({"many.py": text}, "mutant")
    (result,) = grader.grade(submission, ["many"], until_lost=True).exercises
    assert [test.outcome for test in result.tests] == ["timeout"]


def test_what_one_module_does_to_a_library_reaches_no_other() -> None:
    """Equal digests are equal verdicts: a module that might has a worker of its own."""
    spoilt = (
        "import builtins\ndef number():\n    builtins.float = lambda value: 1e9\n    return 1.0\n"
    )
    submission = Submission.from_sources({"vault.py": spoilt, "many.py": RIGHT}, "it")
    with Grader(COURSE, torch=False) as grader:
        _, many = grader.grade(submission, ["vault", "many"]).exercises
        (alone,) = grader.grade(submission, ["many"]).exercises
    assert many.sources == alone.sources
    assert many.earned == alone.earned == many.possible


# --- workers that are killed ---------------------------------------------------------------------

#: A function that has its own process killed, so often as a file does not stand in the way. Without
#: the lock it can leave files: to the judge it is as if somebody else had done it.
KILLED = """
    import os, signal
    for turn in range({times}):
        try:
            os.close(os.open(f"{path}-{{turn}}", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            continue
        os.kill(os.getpid(), signal.SIG{name})
"""


def killed(tmp_path: Path, times: int, name: str = "KILL") -> dict[str, model.TestResult]:
    """The results of right code that is killed so many times, in a call that one test makes."""
    line = KILLED.format(times=times, path=tmp_path / "turn", name=name)
    text = RIGHT.replace("    return c * v", f"{line}    return c * v")
    with Grader(in_order(COURSE, TESTS), torch=False, isolation="none") as grader:
        return judged(grader, text)


def test_a_worker_that_was_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    results = killed(tmp_path, 1)
    assert {result.outcome for result in results.values()} == {"passed"}


def test_who_kills_the_own_worker_again_loses_the_test_and_no_more(tmp_path: Path) -> None:
    results = killed(tmp_path, 99)
    lost = {t: r for t, r in results.items() if r.outcome != "passed"}
    assert {t: r.outcome for t, r in lost.items()} == {"test_scaled": "crashed"}
    assert "signal SIGKILL" in lost["test_scaled"].message
    assert lost["test_scaled"].possible > 0
    assert len(list(tmp_path.iterdir())) == 2, "it had two attempts"


def test_a_crash_of_its_own_has_no_second_attempt(tmp_path: Path) -> None:
    assert killed(tmp_path, 1, "SEGV")["test_scaled"].outcome == "crashed"
