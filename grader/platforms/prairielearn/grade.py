"""From a submission to results.json: what a question's `tests/run.sh` starts.

    python3 -I -m grader.platforms.prairielearn.grade ROOT

ROOT is /grade, as PrairieLearn lays it out: `student/` was handed in, `tests/` is the question's
own, `results/` has to be made. Whatever cannot be graded says so in results.json and costs no
attempt; what is printed here goes to the grader's log.
"""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from grader.classroom.written import replace_file
from grader.course.outline import Course
from grader.errors import SubmissionError, WxbError
from grader.grading.engine import Grader
from grader.handin.matching import match
from grader.handin.submission import Submission
from grader.platforms.reports.export import Setting
from grader.platforms.reports.prairielearn import FAULT, ungradable, write
from grader.platforms.reports.seen import seen

__all__ = ["graded", "main"]


def main() -> int:
    """Run it; there is a results.json in any case."""
    [root] = sys.argv[1:] or ["/grade"]
    place = Path(root)
    try:
        data = graded(place)
    except SubmissionError as error:
        data = ungradable([str(error)])
    except WxbError as error:
        print(error.told(), file=sys.stderr)
        data = ungradable([FAULT])
    except Exception:  # a mistake of ours must not cost an attempt
        traceback.print_exc()
        data = ungradable([FAULT])
    (place / "results").mkdir(exist_ok=True)
    # PrairieLearn reads it from outside of the container, as whoever it is there.
    replace_file(place / "results" / "results.json", data, has_marks=False)
    return 0


def graded(root: Path) -> bytes:
    """The results of one submission, with student code behind the lock or not run at all.

    Raises:
        WxbError: it cannot be judged.
    """
    course = Course.load(root / "tests" / "course")
    handed_in = root / "student"
    if not handed_in.is_dir():
        raise SubmissionError("No file was handed in.")
    submission = Submission.from_path(handed_in, own=True)
    ids = tuple(exercise.id for exercise in course.exercises)
    matched = match(course, submission, ids)
    lacking = [name for name in ids if name not in matched.files]
    if len(lacking) == len(ids):
        return ungradable([_lacks(name, matched.unread.get(name)) for name in lacking])
    protected = [root / name for name in ("tests", "results", "data", "serverFilesCourse")]
    torch = not (root / "tests" / "without-torch").exists()
    with Grader(
        course, exercises=ids, isolation="full", protected=protected, torch=torch
    ) as grader:
        report = grader.grade(submission, ids)
    for exercise in report.exercises:
        for test in exercise.tests:
            if test.outcome == "grader_fault":
                print(f"{exercise.id}, {test.id}: {test.message}", file=sys.stderr)
    return write(seen(report, course.feedback), Setting(now=datetime.now(UTC)))


def _lacks(name: str, why: str | None) -> str:
    return why or f"There is no file {name}.py, and no notebook with its functions."


if __name__ == "__main__":
    sys.exit(main())
