"""After a verdict: what is kept, when it is said why, when a hint is offered."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from grader.course.guide import Guide
from grader.course.outline import Course, Exercise, Unit
from grader.report import model
from grader.report.model import ExerciseResult, Outcome
from grader.study import progress as progress_module
from grader.study.progress import OFFER_AFTER, Hint, Progress
from grader.study.remember import Remark, remember


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two exercises, the first with a guide."""
    made = Course(
        str(tmp_path),
        "A Course",
        tuple(
            Unit(unit, unit, (Exercise(name, unit, name, {"test_it": Decimal(2)}),))
            for unit, name in (("01_a", "scores"), ("02_b", "later"))
        ),
        handout=True,
    )
    scores, later = made.exercises
    for path, text in (
        (made.guide(scores), msgspec.json.encode(Guide(tiers=("One number.",), why="It adds up."))),
        (made.stub(scores), b"def scores(): return 1\n"),
        (made.stub(later), b"def later(): return 1\n"),
    ):
        path.parent.mkdir(parents=True)
        path.write_bytes(text)
    return made


def result(
    name: str, outcome: Outcome, *more: model.TestResult, message: str = ""
) -> ExerciseResult:
    earned = Decimal(2) if outcome == "passed" else Decimal(0)
    test = model.TestResult("test_it", "It.", outcome, earned, Decimal(2), message)
    return ExerciseResult(name, "01_a", name, outcome, earned, Decimal(2), (test, *more))


UNTRIED = model.TestResult(
    "test_torch", "It.", "skipped", Decimal(0), Decimal(0), "Not run: PyTorch is not installed."
)


def test_the_first_pass_says_why_and_no_later_one(course: Course) -> None:
    scores, later = course.exercises
    progress = Progress(course)
    both = [result("scores", "passed"), result("later", "passed")]
    assert remember(progress, both) == [
        Remark(scores, is_first_pass=True, why="It adds up."),
        Remark(later, is_first_pass=True),
    ]
    assert remember(progress, both) == [Remark(scores), Remark(later)]
    kept = Progress(course)
    assert (kept.done, kept.earned, kept.next()) == (2, Decimal(4), None)


def test_a_hint_is_offered_while_there_is_one(course: Course) -> None:
    scores, _ = course.exercises
    progress = Progress(course)
    for attempt in range(1, OFFER_AFTER + 1):
        course.stub(scores).write_text(f"def scores(): return {attempt * 'x'}\n")
        (remark,) = remember(progress, [result("scores", "failed")])
        assert remark == Remark(scores, offers_hint=attempt == OFFER_AFTER)
    assert progress.open_next(scores) == Hint("goal", "One number.")
    assert remember(progress, [result("scores", "failed")]) == [Remark(scores)]


UNLIKE = [
    "scores.py, line 2: SyntaxError: invalid syntax\n    return (",
    "scores.py, line 7: SyntaxError: '(' was never closed\n    f(",
    "Your file cannot be loaded: NameError: name 'np' is not defined",
]


@pytest.mark.parametrize(
    ("told", "offered"),
    [
        (UNLIKE, False),
        (UNLIKE[:1] * 3, True),
        ([f"Your code raised ValueError: {i}\nCall: scores({i})" for i in range(3)], True),
    ],
)
def test_unlike_errors_of_a_file_are_not_the_same_place(
    course: Course, told: list[str], offered: bool
) -> None:
    scores, _ = course.exercises
    progress = Progress(course)
    for attempt, message in enumerate(told):
        course.stub(scores).write_text(f"def scores(): return {attempt}\n")
        (remark,) = remember(progress, [result("scores", "error", message=message)])
    assert remark.offers_hint is offered


def test_what_is_not_begun_leaves_no_trace(course: Course) -> None:
    progress = Progress(course)
    assert remember(progress, [result("scores", "not_attempted"), result("gone", "failed")]) == []
    assert not (Path(course.root) / ".wxb").exists()


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (("passed", "failed"), "later"),
        (("skipped", "passed"), None),
        (("failed", "passed"), "scores"),
    ],
)
def test_what_comes_next(
    course: Course, outcomes: tuple[Outcome, Outcome], expected: str | None
) -> None:
    progress = Progress(course)
    results = [result(e.id, end) for e, end in zip(course.exercises, outcomes, strict=True)]
    remember(progress, results)
    found = progress.next_after(results)
    assert (found.id if found else None) == expected


def test_why_it_works_waits_until_all_of_it_was_tried(course: Course) -> None:
    scores, _ = course.exercises
    progress = Progress(course)
    half = "its tests pass; the PyTorch half was not tried."
    first = remember(progress, [result("scores", "passed", UNTRIED)])
    assert first == [Remark(scores, is_first_pass=True, so_far=half)]
    again = remember(progress, [result("scores", "passed", UNTRIED)])
    assert again == [Remark(scores, so_far=half)]
    assert (progress.state(scores), progress.done, progress.tried) == ("tried", 0, 1)
    whole = remember(progress, [result("scores", "passed")])
    assert whole == [Remark(scores, is_first_pass=True, why="It adds up.")]
    assert progress.state(scores) == "done"


@pytest.mark.parametrize("has_torch", [False, True])
def test_what_cannot_be_tried_here_does_not_stand_in_the_way(
    course: Course, monkeypatch: pytest.MonkeyPatch, has_torch: bool
) -> None:
    monkeypatch.setattr(progress_module, "find_spec", lambda name: name if has_torch else None)
    scores, later = course.exercises
    progress = Progress(course)
    remember(progress, [result("scores", "passed", UNTRIED)])
    assert progress.next() == later
    remember(progress, [result("later", "skipped")])
    assert progress.next() == (scores if has_torch else None), "what is there now can be tried"
    assert not progress.finished
    assert progress.next_after([result("scores", "passed", UNTRIED)]) is None
    assert progress.next_after([]) == (scores if has_torch else None)


def test_a_verdict_without_tests_is_none(course: Course) -> None:
    progress = Progress(course)
    bare = msgspec.structs.replace(result("scores", "passed"), tests=())
    (remark,) = remember(progress, [bare])
    assert not remark.is_first_pass
    assert (progress.done, progress.tried, progress.finished) == (0, 0, False)
    assert not Progress(msgspec.structs.replace(course, units=())).finished
