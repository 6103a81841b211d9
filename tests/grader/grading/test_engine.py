"""The public grader: what it makes of a submission and of a judge's answers."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from grader import Course, Grader, Submission
from grader.course.digest import exercise_digests, suite_digest
from grader.errors import CourseError, Fault, GraderFault, IsolationError, UsageError
from grader.grading import talk
from grader.grading.conversation import Abandoned, Conversation
from grader.handin.digest import source_digests
from grader.handin.matching import match
from grader.report.model import ExerciseResult
from support.talking import Talking

TALLY = Submission.from_sources({"tally.py": "class Tally: pass"}, "ada")


def results(*names: str) -> tuple[ExerciseResult, ...]:
    return tuple(
        ExerciseResult(name, "u", "T", "passed", Decimal("0.1"), Decimal("0.2"), ())
        for name in names
    )


def test_a_report_is_put_together(talking: Talking, course: Course) -> None:
    heard: list[Any] = []
    grader, base = talking(
        talk.Taken(),
        talk.TestDone("tally", "test_count", "passed"),
        talk.Done(results("tally", "affine")),
    )
    report = grader.grade(TALLY, progress=lambda *told: heard.append(told), seed=3)
    assert (report.earned, report.possible, report.seed) == (Decimal("0.2"), Decimal("0.4"), 3)
    assert (report.course, report.student, report.submission) == ("Workshop", "ada", TALLY.digest)
    assert report.isolation == "full"
    assert report.suite == suite_digest(course)
    suites = exercise_digests(course)
    assert [e.suite for e in report.exercises] == [suites["tally"], suites["affine"]]
    sources = source_digests(match(course, TALLY))
    assert [e.sources for e in report.exercises] == [sources["tally"], sources["affine"]]
    assert heard == [("tally", "test_count", "passed")]
    taken = base.heard(talk.Take)
    assert taken.exercises == ("temperature", "rolling", "tally", "affine")
    job = base.heard(talk.Job)
    assert (job.modules, job.seed) == ({"tally": "class Tally: pass"}, 3)
    grader.close()
    assert base.closed == 1


class TestSuites:
    """Which suites a report names, in a course that is edited meanwhile."""

    @pytest.fixture
    def workshop(self, workshop_copy: Path) -> Path:
        return workshop_copy

    def test_they_are_those_of_the_judge_that_judged(
        self, talking: Talking, course: Course, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A judge reads its suites once; the next one may find others."""
        # The test's judges answer before they are asked.
        monkeypatch.setattr(Conversation, "is_alive", lambda judge: True)
        grader, base = talking(talk.Taken(), talk.Done(results("tally")))
        old = exercise_digests(course)["tally"]
        grader.start()
        suite = course.suite(next(e for e in course.exercises if e.id == "tally"))
        suite.write_text(suite.read_text("utf-8") + "# changed\n", "utf-8")
        assert grader.grade(TALLY, ["tally"]).exercises[0].suite == old
        base.judges.pop().close()
        report = grader.grade(TALLY, ["tally"])
        assert report.exercises[0].suite == exercise_digests(course)["tally"] != old
        assert report.suite == suite_digest(course)


REFUSALS = {
    "a course": (
        talk.Refused("course", "x", (Fault(Path("course.yaml"), 3, "wrong", "right"),)),
        CourseError, "course.yaml:3: wrong; expected right",
    ),
    "isolation": (talk.Refused("isolation", "no lock"), IsolationError, "no lock"),
    "the grader": (
        talk.Refused("grader", "Traceback"), GraderFault, "the judge failed: Traceback"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_an_error(kind: str, talking: Talking) -> None:
    message, error, text = REFUSALS[kind]
    grader, _ = talking(message)
    with pytest.raises(error, match=text):
        grader.start()
    grader, base = talking(talk.Taken(), message)
    with pytest.raises(error, match=text):
        grader.grade(TALLY)
    assert base.ended == [1], "a conversation that broke off is not taken up again"
    grader, _ = talking(talk.Taken(), message)
    with pytest.raises(error, match=text):
        grader.review("tally")


def test_isolation_is_what_the_machine_has_unless_it_is_asked_for(talking: Talking) -> None:
    grader, base = talking(talk.Taken())
    grader.start()
    assert (grader.isolation, base.configured.config.locked) == ("full", True)
    grader, base = talking(talk.Taken(), isolation="none")
    grader.start()
    assert (grader.isolation, base.configured.config.locked) == ("none", False)
    grader, base = talking(talk.Taken(), missing=("No Landlock.",), start="spawn")
    grader.start()
    assert (grader.isolation, grader.missing) == ("none", ("No Landlock.",))
    assert base.configured.fork is False
    grader, base = talking(talk.Taken(), missing=("No Landlock.",), isolation="full")
    with pytest.raises(IsolationError, match="cannot be had here: No Landlock"):
        grader.start()
    assert base.closed == 1


def test_a_review_is_handed_through(talking: Talking) -> None:
    read = talk.Reviewed(("f",), (talk.Idea("A", "hint?", 3),), ())
    grader, _ = talking(talk.Taken(), read)
    with grader:
        assert grader.review("tally") == read


def test_what_was_opened_is_kept_for_its_exercise(talking: Talking) -> None:
    fault = Fault(Path("a.py"), 3, "opens b.txt", "data/a")
    done = talk.Done(results("tally", "affine"), {"tally": (fault,), "affine": ()})
    grader, base = talking(talk.Taken(), done, done, audit=True)
    for _ in range(2):
        grader.grade(TALLY)
    assert grader.audited("tally") == (fault,)
    assert grader.audited("affine") == ()
    assert base.heard(talk.Take).audit


class TestAbandon:
    """Whose grading ends early, and from when on."""

    def test_while_its_judge_starts(
        self, talking: Talking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        grader, base = talking(talk.Taken(), talk.Done(results("tally")))
        hello = base.hello

        def abandoned() -> Any:
            grader.abandon()
            return hello()

        monkeypatch.setattr(base, "hello", abandoned)
        with pytest.raises(Abandoned):
            grader.grade(TALLY, ["tally"])
        assert base.ended == [], "its judge has heard of nothing"
        assert grader.grade(TALLY, ["tally"]).earned == Decimal("0.1")

    def test_many_that_end_early_end_nobody_elses(
        self, talking: Talking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        grader, base = talking(talk.Taken(), talk.Done(results("tally")), jobs=2)
        hello = base.hello
        began, ended = threading.Event(), threading.Event()
        met: list[BaseException] = []

        def goes_on() -> None:
            began.set()
            assert ended.wait(20)
            try:
                grader.grade(TALLY, ["tally"])
            except BaseException as error:
                met.append(error)

        def fails() -> None:
            assert began.wait(20)
            raise LookupError

        def others_end() -> Any:
            monkeypatch.setattr(grader._pool, "abandon", ended.set)
            with pytest.raises(LookupError):
                list(grader.in_parallel([fails, goes_on]))
            return hello()

        monkeypatch.setattr(base, "hello", others_end)
        assert grader.grade(TALLY, ["tally"]).earned == Decimal("0.1")
        assert [type(error) for error in met] == [Abandoned]


def test_cancel_ends_the_base(talking: Talking) -> None:
    grader, base = talking(talk.Taken())
    grader.cancel()
    assert base.killed == 1
    with pytest.raises(GraderFault, match="cancelled"):
        grader.grade(TALLY)
    grader.close()
    grader.cancel()
    assert base.killed == 1, "there is none any more"


def test_jobs_are_counted(course: Course) -> None:
    assert Grader(course, jobs=3).jobs == 3
    with pytest.raises(UsageError, match="jobs=0: expected at least 1"):
        Grader(course, jobs=0)


@pytest.mark.usefixtures("without_torch")
def test_many_submissions_on_two_judges(workshop: Path) -> None:
    """Reports come in the order of the submissions, or each when it is there; same verdicts."""
    course = Course.load(workshop)
    solution = course.solution(next(course.exercises)).read_text("utf-8")
    submissions = [
        Submission.from_sources({"temperature.py": f"{solution}\n# {i}\n"}, f"s{i}")
        for i in range(20)
    ]
    read: list[str] = []

    def handed_in() -> Any:
        for submission in submissions:
            read.append(submission.student)
            yield submission

    with Grader(course, jobs=2) as grader:
        reports = grader.grade_all(handed_in(), ["temperature"])
        first = next(reports)
        assert len(read) < len(submissions), "a class need not lie in memory"
        rest = list(reports)
        assert [report.student for report in [first, *rest]] == [s.student for s in submissions]
        assert {report.earned for report in rest} == {report.possible for report in rest}
        loose = list(grader.grade_all(submissions, ["temperature"], in_order=False))
        assert {report.student for report in loose} == {s.student for s in submissions}
        broken = Submission.from_sources({"nothing.py": "x = 1\n"}, "eve", single=True)
        with pytest.raises(UsageError, match=r"nothing\.py"):
            list(grader.grade_all([submissions[0], broken, submissions[1]]))


@pytest.mark.parametrize("ends", [KeyboardInterrupt, SystemExit])
def test_a_program_that_ends_waits_for_no_judge_that_is_starting(
    course: Course, monkeypatch: pytest.MonkeyPatch, ends: type[BaseException]
) -> None:
    grader, cancelled = Grader(course), threading.Event()
    monkeypatch.setattr(grader, "cancel", cancelled.set)
    found = grader.in_parallel([lambda: 1, lambda: cancelled.wait(60)])
    assert next(found) == 1
    with pytest.raises(ends):
        found.throw(ends())
    assert cancelled.is_set()
    others = grader.in_parallel([lambda: 1, lambda: 2])
    cancelled.clear()
    assert next(others) == 1
    others.close()  # nobody wants the rest, and the grader goes on
    assert not cancelled.is_set()
    grader.close()
