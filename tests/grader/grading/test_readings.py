"""What is said of an exercise that was handed in and cannot be read, or in several ways."""

from __future__ import annotations

from decimal import Decimal

from grader.grading.readings import best_reading, explained
from grader.handin.books import Other
from grader.handin.cells.module import still_to_come
from grader.handin.matching import Matched
from grader.report import model
from grader.report.model import ExerciseResult, Outcome


def result(*tests: tuple[Outcome, str], outcome: Outcome = "not_attempted") -> ExerciseResult:
    found = tuple(
        model.TestResult(f"t{i}", "T.", how, Decimal(how == "passed"), Decimal(1), told)
        for i, (how, told) in enumerate(tests)
    )
    earned = sum((test.earned for test in found), Decimal(0))
    return ExerciseResult("sums", "01_a", "S", outcome, earned, Decimal(len(tests)), found)


NOTHING = ("not_attempted", "The submission has no sums.py.")


def test_a_file_that_was_not_read_is_no_file_that_is_not_there() -> None:
    note = "sums.py was not read: it is not UTF-8 text."
    seen = explained(Matched({}, ("sums",), (), unread={"sums": note}), result(NOTHING, NOTHING))
    assert seen.outcome == "error"
    assert [(test.outcome, test.message) for test in seen.tests] == [("error", note)] * 2
    other = Matched({}, ("sums",), (), unread={"twos": note})
    assert explained(other, result(NOTHING)) == result(NOTHING)


def test_a_function_in_a_cell_that_cannot_be_read_is_no_function_to_come() -> None:
    note = "work.ipynb: cell 2 was left out: line 1: invalid syntax."
    matched = Matched({"sums": "x"}, ("sums",), (), broken={"sums": {"total": note}})
    ends = ("passed", ""), ("not_attempted", still_to_come("total")), ("error", "another")
    seen = explained(matched, result(*ends, outcome="failed"))
    assert seen.outcome == "failed"
    assert [test.message for test in seen.tests] == ["", note, "another"]
    assert [test.outcome for test in seen.tests] == ["passed", "error", "error"]


def test_the_reading_that_earns_most_counts() -> None:
    others = {"sums": (Other("a", "A"), Other("b", "B"), Other("c", "C"))}
    matched = Matched({"sums": "a"}, ("sums",), ("first",), others=others)
    ends = {
        "a": result(("failed", ""), ("failed", ""), outcome="failed"),
        "b": result(("passed", ""), ("failed", ""), outcome="failed"),
        "c": result(("failed", ""), ("failed", ""), outcome="failed"),
    }
    asked: list[str] = []

    def again(read: Matched) -> tuple[ExerciseResult, ...]:
        assert read.exercises == ("sums",)
        asked.append(read.modules["sums"])
        return (ends[read.modules["sums"]],)

    read, results = best_reading(matched, (ends["a"],), again)
    assert (asked, results, read.modules) == (["b", "c"], (ends["b"],), {"sums": "b"})
    assert read.notes == ("first", "B, which earns most.")
    right = result(("passed", ""), outcome="passed")
    read, results = best_reading(matched, (right,), again)
    assert (len(asked), results, read.notes[-1]) == (2, (right,), "A.")
