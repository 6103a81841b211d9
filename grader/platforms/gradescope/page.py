"""What a student sees before the due date: which files were found, whether they load, the examples.

Nothing of it has a score: what is right of the examples says nothing of the hidden tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.course.outline import Feedback
from grader.handin.matching import Matched
from grader.platforms.reports.gradescope import entry
from grader.platforms.reports.seen import seen, told, unloadable
from grader.report.model import FREE, Report
from grader.report.words import BROKEN

__all__ = ["before_due"]

_EVERYTHING = Feedback("everything")
_LATER = "These are the examples of your handout. The hidden tests decide the score; you see them "
_LATER += "after the due date."


def before_due(matched: Matched, examples: Report) -> list[dict[str, Any]]:
    """The entries that stand above the hidden tests.

    Args:
        matched: the submission, sorted by exercise.
        examples: the same submission, judged by the handout.
    """
    return [_files(matched, examples), *_examples(examples)]


def _files(matched: Matched, examples: Report) -> dict[str, Any]:
    lines, is_whole = [], True
    for exercise in examples.exercises:
        file = matched.files.get(exercise.id)
        broken = unloadable(exercise)
        if file is None:
            why = matched.unread.get(exercise.id) or (
                f"no file {exercise.id}.py was found, and no notebook with its functions."
            )
            lines.append(f"{exercise.id}: {why}")
        elif broken:
            lines.append(f"{exercise.id}: {file}, which cannot be run: {broken}")
        elif exercise.outcome == "not_attempted":
            lines.append(f"{exercise.id}: {file}, in which nothing is written yet.")
        else:
            lines.append(f"{exercise.id}: {file}, which loads.")
            continue
        is_whole = False
    lines += [*matched.notes, _LATER]
    others = {} if is_whole else {"status": "failed"}
    return entry("Which files were found, and whether they load", "\n".join(lines), "visible",
                 number="0", **others)  # fmt: skip


def _examples(examples: Report) -> Iterator[dict[str, Any]]:
    number = 0
    for exercise in seen(examples, _EVERYTHING).exercises:
        for test in exercise.tests:
            if test.title == BROKEN or test.outcome == "not_attempted":
                continue  # which the line about its file has said
            number += 1
            others = {"number": f"0.{number}", "tags": [exercise.id]}
            if test.outcome not in FREE:
                others["status"] = "passed" if test.outcome == "passed" else "failed"
            yield entry(f"{exercise.id}: {test.title}", told(test), "visible", **others)
