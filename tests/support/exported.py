"""A report in which everything occurs that a file for a platform may have to carry."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from grader.course.outline import Feedback
from grader.platforms.reports.export import Change, Setting, Write
from grader.platforms.reports.seen import seen
from grader.report.model import FREE, Diagnosis, ExerciseResult, Outcome, Report, TestResult

GOLDEN = Path(__file__).parents[1] / "grader" / "platforms" / "reports" / "golden"
NOW = datetime(2027, 2, 1, 10, 21, tzinfo=UTC)
SETTING = Setting(now=NOW)
#: Nobody who may not see hidden tests may find one of these in a file.
SECRETS = ("test_three_four_five", "test_many", "expected 5.0", "Pythagoras", "AddsThem", "spam")


def outcome_of(
    name: str, title: str, outcome: Outcome, worth: str, message: str = "", printed: str = ""
) -> TestResult:
    points = Decimal(worth)
    return TestResult(
        name, title, outcome, points if outcome == "passed" else Decimal(0),
        Decimal(0) if outcome in FREE else points, message, 4.5, printed,
    )  # fmt: skip


def exercise(
    name: str, unit: str, outcome: Outcome, *tests: TestResult, ideas: tuple[Diagnosis, ...] = ()
) -> ExerciseResult:
    earned = sum((test.earned for test in tests), Decimal(0))
    possible = sum((test.possible for test in tests), Decimal(0))
    title = f"What is {name}?"
    loaded = not all("cannot be loaded" in test.message for test in tests)
    return ExerciseResult(
        name, unit, title, outcome, earned, possible, tests, ideas, "s", "t", loaded
    )


def report_of(*exercises: ExerciseResult, notes: tuple[str, ...] = ()) -> Report:
    return Report(
        course="Vectors <& more>",
        suite="s",
        grader="1.0",
        isolation="full",
        student="doe",
        submission="d",
        earned=sum((each.earned for each in exercises), Decimal(0)),
        possible=sum((each.possible for each in exercises), Decimal(0)),
        exercises=exercises,
        notes=notes,
    )


WRONG = "Wrong value: expected 5.0, got -1.0.\nCall: length([3., -4.])"
LOADING = "The module cannot be loaded: SyntaxError, line 3."
#: Everything is in it: right, wrong with an idea, too slow, skipped, untouched, not to be loaded.
FULL = report_of(
    exercise(
        "length",
        "01_a",
        "failed",
        outcome_of("test_three_four_five", "The length of (3, -4) is 5.", "failed", "0.5", WRONG,
                    "spam \x07]]> \u202e<b>"),
        outcome_of("test_zero", "Zero has none.", "passed", "0.25"),
        outcome_of("test_many", "Any number of components.", "timeout", "1.5", "No answer."),
        outcome_of("test_torch", "It holds for tensors.", "skipped", "0.25",
                    "Not run: PyTorch is not installed."),
        ideas=(Diagnosis("AddsThem", "What did Pythagoras add?", ("test_three_four_five",)),),
    ),
    exercise("double", "01_a", "passed", outcome_of("test_two", "Two is four.", "passed", "1")),
    exercise(
        "angle", "02_b", "error",
        *[outcome_of(f"test_{n}", f"Angle {n}.", "error", "0.75", LOADING) for n in (1, 2)],
    ),
    exercise(
        "turn", "02_b", "not_attempted",
        outcome_of("test_turn", "It turns.", "not_attempted", "2", "Not begun."),
    ),
    notes=("notes.txt was not read.",),
)  # fmt: skip
#: A tenth is lost of what was got for `double`.
LATE = Change("double", "Handed in late: 10 % lost.", Decimal("-0.1"))


def written(
    write: Write,
    report: Report = FULL,
    setting: Setting = SETTING,
    hidden: Feedback = Feedback("everything"),  # noqa: B008 - a value
) -> bytes:
    """What a format makes of a report for a student."""
    return write(seen(report, hidden), setting)


def golden(name: str, data: bytes) -> None:
    """A file is byte for byte the golden one."""
    assert data == (GOLDEN / name).read_bytes()


#: What Classroom 50's runner says to an autograder.
RUNNER = {
    "CLASSROOM": "la",
    "ASSIGNMENT": "vectors",
    "OWNER": "jdoe",
    "SUBMISSION_TAG": "submit/2027-02-01T10-20-30Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/c",
    "RELEASE_URL": "https://example.org/r",
}
