"""What students of another course read: wrong answers to plain asserts, numpy.testing, objects.

Each case changes a solution of tests/courses/workshop and says what one test then tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from grader import Course, Grader, Submission
from grader.report.model import ExerciseResult
from support import needs


class Case(NamedTuple):
    """A solution with `old` replaced by `new`; then `test` ends as `outcome` and tells `message`.

    `ideas` are the misconceptions that are named.
    """

    exercise: str
    old: str
    new: str
    test: str
    message: str
    ideas: tuple[str, ...] = ()
    outcome: str = "failed"


KELVIN = "return celsius - _ZERO"
EXTREMES = "return min(readings), max(readings)"
TABLE = "return {place: to_kelvin(celsius) for place, celsius in readings.items()}"
MEANS = "return np.array([x[i : i + k].mean() for i in range(len(x) - k + 1)])"
PAIRS = "return [(i, j) for i in range(n) for j in range(i + 1, n)]"
MATRIX = "return x[:, None] - x[None, :]"
COUNTS = "self._counts[item] = self._counts.get(item, 0) + times"

CASES = {
    # --- plain asserts and pytest.approx ---
    "a value": Case(
        "temperature", KELVIN, "return celsius + 273", "test_water",
        "Wrong value: expected 273.15, got 273.0.\nCall: to_kelvin(0.0)",
        ("RoundsTheZero",),
    ),
    "an integer where a fraction belongs": Case(
        "temperature", KELVIN, "return int(celsius + 300)", "test_water",
        "Wrong value: expected 273.15, got 300.\nCall: to_kelvin(0.0)",
    ),
    "nothing returned": Case(
        "temperature", KELVIN, "print(celsius)", "test_water",
        "Wrong type: expected the number 273.15, got None.\nCall: to_kelvin(0.0)\n"
        "Does every path of the function end in a return?",
    ),
    "a text for a number": Case(
        "temperature", KELVIN, "return str(celsius - _ZERO)", "test_water",
        "Wrong type: expected the number 273.15, got the text '273.15'.\nCall: to_kelvin(0.0)",
    ),
    "a second parameter": Case(
        "temperature", "celsius < 10", "celsius <= 10", "test_words",
        "Wrong answer: expected 'warm', got 'cold'.\nCall: word(10.0)",
    ),
    "a tuple the wrong way round": Case(
        "temperature", EXTREMES, "return max(readings), min(readings)", "test_extremes",
        "item 0: wrong value: expected -1.5, got 4.0.\nCall: extremes([4.0, -1.5, 2.0])\n"
        "Expected (-1.5, 4.0), got (4.0, -1.5).",
        ("HighestFirst",),
    ),
    "a list for a tuple": Case(
        "temperature", EXTREMES, "return [min(readings), max(readings)]", "test_extremes",
        "Wrong type: expected a tuple of 2, got a list of 2.\nCall: extremes([4.0, -1.5, 2.0])",
    ),
    "a tuple too long": Case(
        "temperature", EXTREMES, "return min(readings), max(readings), 3", "test_extremes",
        "Wrong length: expected (-1.5, 4.0), got (-1.5, 4.0, 3).\nCall: extremes([4.0, -1.5, 2.0])",
    ),
    "an answer that the test cannot unpack": Case(
        "temperature", EXTREMES, "return min(readings)", "test_notes",
        "The test could not use the answer: TypeError: cannot unpack non-iterable float object.\n"
        "Call: extremes([7.0])\nIt returned 7.0.",
    ),
    "an input that was changed": Case(
        "temperature", EXTREMES, "readings.sort(); return readings[0], readings[-1]",
        "test_extremes",
        "The 1st argument changed during the call: the caller still needs it as it was.\n"
        "Call: extremes([4.0, -1.5, 2.0])",
        ("SortsInPlace",),
    ),
    "a value in a dictionary": Case(
        "temperature", "place: to_kelvin(celsius)", "place: celsius", "test_table",
        "'attic': wrong value: expected 293.15, got 20.0.\n"
        "Call: table({'attic': 20.0, 'cellar': 5.0})\n"
        "Expected {'attic': 293.15, 'cellar': 278.15}, got {'attic': 20.0, 'cellar': 5.0}.",
        ("ForgetsTheTable",),
    ),
    "keys of a dictionary": Case(
        "temperature", "place: to_kelvin(celsius)", "place.upper(): to_kelvin(celsius)",
        "test_table",
        "Wrong keys: expected ['attic', 'cellar'], got ['ATTIC', 'CELLAR'].\n"
        "Call: table({'attic': 20.0, 'cellar': 5.0})",
    ),
    "a list for a dictionary": Case(
        "temperature", TABLE, "return list(readings.values())", "test_table",
        "Wrong type: expected a dict of 2, got a list of 2.\n"
        "Call: table({'attic': 20.0, 'cellar': 5.0})",
    ),
    # --- exceptions ---
    "nothing raised": Case(
        "temperature", 'raise ValueError("colder than cold")', "return None",
        "test_below_absolute_zero",
        "Expected ValueError, but it returned None.\nCall: to_kelvin(-273.16)",
    ),
    "another exception": Case(
        "temperature", 'raise ValueError("colder than cold")', "raise KeyError(celsius)",
        "test_below_absolute_zero",
        "Expected ValueError, but your code raised KeyError: -273.16\n"
        "temperature.py, line 35: raise KeyError(celsius)\nCall: to_kelvin(-273.16)",
        outcome="error",
    ),
    "a name with a typo": Case(
        "temperature", "def table", "def tabel", "test_table",
        "There is no table in your file.\nDid you rename it to tabel?", outcome="error",
    ),
    "a name that is gone": Case(
        "temperature", "def table", "def xyz", "test_table",
        "There is no table in your file.\nCopy its first line from the stub.", outcome="error",
    ),
    "a signature": Case(
        "temperature", "def word(celsius", "def word(self, celsius", "test_words",
        "Your code raised TypeError: word() missing 1 required positional argument: 'celsius'\n"
        "Call: word(-5.0)", outcome="error",
    ),
    # --- numpy.testing ---
    "an array": Case(
        "rolling", ".mean() for i in", ".sum() for i in", "test_small_window",
        "Wrong values: at [0] expected 2.0, got 4.0.\n"
        "Call: moving_average(np.array([1.0, 3.0, 2.0, 6.0]), 2)\n"
        "3 of 3 entries differ (marked >):\n"
        "expected         got\n>2.0 >2.5 >4.0   >4.0 >5.0 >8.0",
        ("SumsTheWindow",),
    ),
    "a matrix": Case(
        "rolling", MATRIX, "return x[None, :] - x[:, None]", "test_matrix",
        "Wrong values: at [0, 1] expected -3.0, got 3.0.\n"
        "Call: differences(np.array([1.0, 4.0, 6.0]))\n"
        "6 of 9 entries differ (marked >):\n"
        "expected            got\n"
        "  0.0 >-3.0 >-5.0     0.0 > 3.0 > 5.0\n"
        "> 3.0   0.0 >-2.0   >-3.0   0.0 > 2.0\n"
        "> 5.0 > 2.0   0.0   >-5.0 >-2.0   0.0",
        ("OtherWayRound",),
    ),
    "a matrix that is nearly right": Case(
        "rolling", MATRIX, "return (x[:, None] - x[None, :]).astype(np.float32) * 1.0001",
        "test_matrix",
        "Wrong values: at [0, 1] expected -3.0, got -3.0003.\n"
        "Call: differences(np.array([1.0, 4.0, 6.0]))\n"
        "6 of 9 entries differ (marked >):\n"
        "expected            got\n  0.0 >-3.0 >-5.0        0.0 >-3.0003 >-5.0005\n"
        "> 3.0   0.0 >-2.0   > 3.0003      0.0 >-2.0002\n"
        "> 5.0 > 2.0   0.0   > 5.0005 > 2.0002      0.0",
    ),
    "nan": Case(
        "rolling", MEANS, MEANS + " * np.nan", "test_whole_window",
        "Not finite: at [0] expected 0.5, got nan.\n"
        "Call: moving_average(np.array([0.5, -2.0, 4.0]), 1)\n"
        "3 of 3 entries differ (marked >):\n"
        "expected            got\n> 0.5 >-2.0 > 4.0   >nan >nan >nan",
    ),
    "a shape": Case(
        "rolling", "len(x) - k + 1", "len(x) - k", "test_whole_window",
        "Wrong shape: expected (3,), got (2,).\n"
        "Call: moving_average(np.array([0.5, -2.0, 4.0]), 1)",
    ),
    "an axis too many": Case(
        "rolling", ".mean() for i", ".mean(keepdims=True) for i", "test_small_window",
        "Wrong number of axes: expected an array of shape (3,), got an array of shape (3, 1).\n"
        "Call: moving_average(np.array([1.0, 3.0, 2.0, 6.0]), 2)",
    ),
    "a list too long": Case(
        "rolling", "range(i + 1, n)", "range(i, n)", "test_pairs",
        "Wrong length: expected 6 items, got 10.\nCall: pairs(4)",
    ),
    "a set": Case(
        "rolling", PAIRS, "return {(i, j) for i in range(n) for j in range(i + 1, n)}",
        "test_pairs",
        "Wrong type: expected a list of 6, got a set.\nCall: pairs(4)",
    ),
    "a generator": Case(
        "rolling", PAIRS, "yield from [(i, j) for i in range(n) for j in range(i + 1, n)]",
        "test_pairs", "Wrong type: expected a list of 6, got a generator.\nCall: pairs(4)",
    ),
    "a forbidden call": Case(
        "rolling", MEANS, "return np.convolve(x, np.ones(k) / k, 'valid')", "test_small_window",
        "This exercise asks you to do without numpy.convolve (rolling.py, line 26): "
        "build it yourself.",
        outcome="forbidden",
    ),
    # --- objects ---
    "a method": Case(
        "tally", COUNTS, "self._counts[item] = times", "test_count",
        "Wrong value: expected 2, got 1.\nCall: Tally().count('fig')",
    ),
    "a property": Case(
        "tally", "return sum(self._counts.values())", "return len(self._counts)", "test_total",
        "Wrong value: expected 7, got 3.\nCall: Tally().total", ("CountsKinds",),
    ),
    "a method where a property belongs": Case(
        "tally", "    @property\n", "", "test_total",
        "Wrong type: expected the integer 7, got a method.\nCall: Tally().total",
    ),
    "a length that is missing": Case(
        "tally", "def __len__", "def _len", "test_total",
        "Your code raised TypeError: object of type 'Tally' has no len()\nCall: len(Tally())",
        outcome="error",
    ),
    "a method that is missing": Case(
        "tally", "def most_common", "def mostcommon", "test_most_common",
        "Your code raised AttributeError: 'Tally' object has no attribute 'most_common'\n"
        "Call: Tally().most_common", outcome="error",
    ),
    "an exception in a method": Case(
        "tally", "return self._counts.get(item, 0)", "return self._counts[item]", "test_empty",
        "Your code raised KeyError: 'fig'\ntally.py, line 36: return self._counts[item]\n"
        "Call: Tally().count('fig')", ("NothingIsAnError",), "error",
    ),
}  # fmt: skip

AFFINE = "return x @ W.T + b"
AFFINE_CALL = (
    "Call: affine(torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]]), "
    "torch.tensor([[1.0, 0.0, 2.0], [-1.0, 1.0, 0.5]]), torch.tensor([0.25, -1.0]))"
)
TENSORS = {
    "a tensor": Case(
        "affine", AFFINE, "return x @ W.T", "test_function",
        "Wrong values: at [0, 0] expected -0.75, got -1.0.\n"
        f"{AFFINE_CALL}\n"
        "4 of 4 entries differ (marked >):\n"
        "expected        got\n>-0.75 > -0.5   >-1.0 > 0.5\n"
        "> 6.75 >  0.0   > 6.5 > 1.0", ("ForgetsTheBias",),
    ),
    "an array for a tensor": Case(
        "affine", AFFINE, "return (x @ W.T + b).numpy()", "test_function",
        "Wrong type: expected a tensor of shape (2, 2), got an array of shape (2, 2).\n"
        f"{AFFINE_CALL}",
    ),
    "a dtype": Case(
        "affine", AFFINE, "return (x @ W.T + b).double()", "test_function",
        "Wrong dtype: expected float32, got float64.\n"
        f"{AFFINE_CALL}",
    ),
    "no gradient": Case(
        "affine", AFFINE, "return x.detach() @ W.T + b", "test_gradient",
        "No gradient reaches the 1st argument.\n"
        "Call: gradients of affine(torch.tensor([[1.0, 1.0]]), "
        "torch.tensor([[1.0, 2.0], [3.0, 5.0]]), torch.tensor([0.0, 0.0]))\n"
        "Autograd finds no way back to it.",
        ("DetachesTheInput",),
    ),
    "another gradient": Case(
        "affine", AFFINE, "return x @ W + b", "test_gradient",
        "Gradient of the 1st argument: wrong values: at [0, 0] expected -2.0, got -1.0.\n"
        "Call: gradients of affine(torch.tensor([[1.0, 1.0]]), "
        "torch.tensor([[1.0, 2.0], [3.0, 5.0]]), torch.tensor([0.0, 0.0]))\n"
        "2 of 2 entries differ (marked >):\n"
        "expected      got\n"
        ">-2.0 >-3.0   >-1.0 >-2.0",
        ("DoesNotTranspose",),
    ),
    "the shape of a parameter": Case(
        "affine", "torch.zeros(n_out, n_in)", "torch.zeros(n_in, n_out)", "test_layer",
        "item 0: wrong value: expected 2, got 3.\nCall: Affine(3, 2).W\n"
        "Expected (2, 3), got (3, 2).",
    ),
    "the call of a layer": Case(
        "affine", "return affine(x, self.W, self.b)", "return 2 * affine(x, self.W, self.b)",
        "test_layer",
        "Wrong values: at [0, 0] expected 4.0, got 8.0.\n"
        "Call: Affine(3, 2)(torch.tensor([[1.0, 1.0, 1.0]]))\n2 of 2 entries differ (marked >):\n"
        "expected    got\n"
        ">4.0 >2.0   >8.0 >4.0",
    ),
    "a module that does not import": Case(
        "affine", "import torch", "import torhc", "test_layer",
        "Your file cannot be loaded: ModuleNotFoundError: No module named 'torhc'\n"
        "affine.py, line 16: import torhc", outcome="error",
    ),
    "a module that does not parse": Case(
        "affine", "import torch", "def f(:", "test_layer",
        "affine.py, line 16: SyntaxError: invalid syntax\n    def f(:\n          ^",
        outcome="error",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def course(workshop: Path) -> Course:
    return Course.load(workshop)


@pytest.fixture(scope="module")
def grader(course: Course) -> Iterator[Grader]:
    with Grader(course) as grader:
        yield grader


def graded(grader: Grader, exercise: str, text: str, valid: Callable[..., Any]) -> ExerciseResult:
    submission = Submission.from_sources({f"{exercise}.py": text}, "ada")
    report = grader.grade(submission, [exercise])
    valid(report)
    return report.exercises[0]


@pytest.mark.parametrize(
    "name", [*CASES, *(pytest.param(name, marks=needs.torch) for name in TENSORS)]
)
def test_a_wrong_answer_is_told(
    name: str, course: Course, grader: Grader, valid: Callable[..., Any]
) -> None:
    """The message is the one that a person would want, and the right idea is named."""
    case = {**CASES, **TENSORS}[name]
    exercise = course.exercise(case.exercise)
    assert exercise is not None
    text = course.solution(exercise).read_text("utf-8")
    assert case.old in text
    result = graded(grader, case.exercise, text.replace(case.old, case.new), valid)
    test = next(test for test in result.tests if test.id == case.test)
    assert test.message == case.message
    assert test.outcome == case.outcome
    assert test.earned == 0
    assert test.possible == exercise.tests[case.test]
    assert tuple(diagnosis.misconception for diagnosis in result.diagnoses) == case.ideas


def test_solutions_earn_everything(
    course: Course, grader: Grader, valid: Callable[..., Any], workshop: Path
) -> None:
    report = grader.grade(Submission.from_path(workshop / "solutions", "author"))
    valid(report)
    assert report.earned == report.possible
    assert str(report.earned) == ("17.375" if needs.TORCH else "12.375")
    assert not any(exercise.diagnoses for exercise in report.exercises)


SHARED = """
class Tally:
    seen = []

    def add(self, item, times=1):
        self.seen.extend([item] * times)

    def count(self, item):
        return self.seen.count(item)

    @property
    def total(self):
        return len(self.seen)

    def most_common(self):
        if not self.seen:
            raise LookupError
        best = max(dict.fromkeys(self.seen), key=self.seen.count)
        return best, self.seen.count(best)

    def __len__(self):
        return len(set(self.seen))
"""


def test_an_idea_that_keeps_something_between_tests_is_named(
    grader: Grader, valid: Callable[..., Any]
) -> None:
    """What all objects share grows from test to test; the idea is replayed in the same order."""
    for _ in range(2):
        result = graded(grader, "tally", SHARED, valid)
        assert [d.misconception for d in result.diagnoses] == ["SharedByAll"]
        assert result.diagnoses[0].tests == ("test_total", "test_most_common", "test_empty")


def test_a_method_that_answers_otherwise_contradicts_an_idea(
    course: Course, grader: Grader, valid: Callable[..., Any]
) -> None:
    """`most_common` looks like "first is most", but `count` shows that counting is wrong."""
    exercise = course.exercise("tally")
    assert exercise is not None
    text = (
        course.solution(exercise).read_text("utf-8").replace(COUNTS, "self._counts[item] = times")
    )
    result = graded(grader, "tally", text, valid)
    assert {test.id: test.outcome for test in result.tests}["test_most_common"] == "failed"
    assert result.diagnoses == ()
