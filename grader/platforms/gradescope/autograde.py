"""From a submission to results.json: what `run_autograder` starts for each.

    python -I -m grader.platforms.gradescope.autograde ROOT

Where something could not be judged for no fault of the student's, no results.json is written: then
Gradescope tells that the autograder failed, keeps the last score, and an instructor can run it
again. What is printed here only instructors see.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from grader.classroom.exports.export import Clock
from grader.classroom.policy import Deadline, deadline, lateness
from grader.classroom.times import read_time
from grader.classroom.written import replace_file
from grader.course.outline import Course
from grader.errors import GraderFault, WxbError
from grader.grading.engine import Grader
from grader.handin.matching import match
from grader.handin.submission import Submission
from grader.platforms.gradescope.page import before_due
from grader.platforms.gradescope.settings import Places, Settings
from grader.platforms.reports.export import Change, Setting, as_json
from grader.platforms.reports.gradescope import document
from grader.platforms.reports.seen import seen
from grader.report.model import Report
from grader.report.words import points

__all__ = ["autograde", "judged", "late_changes", "main"]


def main() -> int:
    """Run it; an error of ours is one message, and no results.json."""
    [root] = sys.argv[1:] or ["/autograder"]
    places = Places(Path(root))
    try:
        autograde(places)
    except WxbError as error:
        print(error.told(), file=sys.stderr)
        return error.exit_code
    return 0


def autograde(places: Places) -> None:
    """Judge the submission by the handout and by the course, and write results.json.

    Raises:
        WxbError: it cannot be judged.
    """
    settings = places.settings()
    course, handout = Course.load(places.course), Course.load(places.handout)
    submission = Submission.from_path(places.submission, own=True)
    examples = judged(handout, submission, settings, places)
    report = judged(course, submission, settings, places)
    matched = match(course, submission, settings.exercises)
    setting = Setting(
        now=datetime.now(UTC),
        late=settings.late,
        changes=tuple(late_changes(course, report, settings.late, places.metadata)),
        worth=sum((e.points for e in course.exercises), Decimal(0)),
    )
    results = document(seen(report, course.feedback), setting, settings.show)
    results["tests"] = [*before_due(matched, examples), *results["tests"]]
    places.results.mkdir(exist_ok=True)
    replace_file(places.results / "results.json", as_json(results))
    print(f"{results['output'].splitlines()[0]} {points(report.earned)} of "
          f"{points(report.possible)} points before lateness.")  # fmt: skip


def judged(course: Course, submission: Submission, settings: Settings, places: Places) -> Report:
    """A submission's report, with student code behind the lock or not run at all.

    Raises:
        IsolationError: the lock cannot be had.
        GraderFault: some test could not be judged.
    """
    with Grader(
        course,
        exercises=settings.exercises,
        isolation="full",
        protected=places.protected,
        torch=settings.torch,
    ) as grader:
        report = grader.grade(submission, settings.exercises)
    for exercise in report.exercises:
        for test in exercise.tests:
            if test.outcome == "grader_fault":
                raise GraderFault(f"{exercise.id}, {test.id}: {test.message}")
    return report


def late_changes(course: Course, report: Report, late: Clock, metadata: Path) -> list[Change]:
    """What lateness takes of each exercise, where it is ours to take.

    The later of course.yaml's due date and Gradescope's holds: an extension is given there.
    """
    if late != "wxb":
        return []
    at, due = _times(metadata)
    found = []
    for exercise in report.exercises:
        unit = course.unit(exercise.unit)
        assert unit is not None
        dates = deadline(unit)
        times = [time for time in (dates.due, due) if time is not None]
        latest = max(times, key=datetime.timestamp, default=None)
        closes = [time for time in (dates.closes, latest) if time is not None]
        lost, why = lateness(at, Deadline(latest), course.late).lost, ""
        if lost:
            why = f"Handed in late: {points(lost * 100)} % lost."
        if dates.closes is not None and at is not None and at > max(closes, key=datetime.timestamp):
            lost, why = Decimal(1), "Handed in after it was closed, so it does not count."
        if lost and exercise.earned:
            found.append(Change(exercise.id, why, -lost * exercise.earned))
    return found


def _times(metadata: Path) -> tuple[datetime | None, datetime | None]:
    """When it was handed in, and when it is due, as Gradescope says."""
    try:
        content: dict[str, Any] = msgspec.json.decode(metadata.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.MsgspecError):
        print(f"{metadata.name} cannot be read: nothing is taken for lateness.", file=sys.stderr)
        return None, None
    assignment = content.get("assignment")
    due = assignment.get("due_date") if isinstance(assignment, dict) else None
    return _time(content.get("created_at")), _time(due)


def _time(value: object) -> datetime | None:
    return read_time(value) if isinstance(value, str) else None


if __name__ == "__main__":
    sys.exit(main())
