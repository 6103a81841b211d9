"""The end of `setup.sh`: what an autograder needs is there, or the image is not built.

    python -I -m grader.platforms.gradescope.prove ROOT

The course's own solutions are judged as a submission is, behind the lock: so the lock, the
libraries and the course are tried before the first student's work is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from grader.course.outline import Course
from grader.course.text import read_source
from grader.errors import WxbError
from grader.handin.submission import Submission
from grader.platforms.gradescope.autograde import judged
from grader.platforms.gradescope.settings import Places
from grader.report.model import Report

__all__ = ["main", "prove"]


def main() -> int:
    """Run it; 0 where an autograder can be built."""
    [root] = sys.argv[1:] or ["/autograder"]
    try:
        wrong = prove(Places(Path(root)))
    except WxbError as error:
        print(error.told(), file=sys.stderr)
        return error.exit_code
    for line in wrong:
        print(line, file=sys.stderr)
    print("The autograder cannot be built." if wrong else "Isolation: full. The solutions pass.")
    return 1 if wrong else 0


def prove(places: Places) -> list[str]:
    """What is wrong with this place, in sentences.

    Raises:
        WxbError: nothing can be judged here.
    """
    settings = places.settings()
    course = Course.load(places.course)
    sources = {f"{e.id}.py": read_source(course.solution(e), course.root) for e in course.exercises}
    submission = Submission.from_sources(sources, "solutions")
    report = judged(course, submission, settings, places)
    return _wrong(report, settings.torch)


def _wrong(report: Report, torch: bool) -> list[str]:
    found = []
    for exercise in report.exercises:
        for test in exercise.tests:
            is_left_out = test.outcome == "skipped" and not torch
            if test.outcome != "passed" and not is_left_out:
                found.append(
                    f"{exercise.id}, {test.id}: the course's own solution does not pass: "
                    f"{test.message or test.outcome}"
                )
    return found


if __name__ == "__main__":
    sys.exit(main())
