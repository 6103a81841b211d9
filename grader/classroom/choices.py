"""What was graded of a student's work: which attempt, which of several files, what was not read.

A gradebook keeps verdicts. How a hand-in was read follows from its files, so it is read anew from
the collected class, wherever somebody asks; where the class is gone, nothing is said of it. All of
it is about the student's own files: whoever handed them in may know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from pathlib import Path

from grader.classroom.gradebook.explain import moment
from grader.classroom.gradebook.marks import Mark
from grader.course.outline import Course
from grader.errors import SubmissionError
from grader.handin.matching import match
from grader.handin.submission import Submission
from grader.handin.text import printable

__all__ = ["Files", "attempts_of", "choices_of", "read_as"]

#: A submission's id -> the folder of what is graded of it; None where it is gone.
Files = Callable[[int], Path | None]


def attempts_of(marks: Iterable[Mark], zone: tzinfo | None) -> list[str]:
    """A sentence on each attempt that decides some marks, where there is anything to say.

    Args:
        zone: of the times that are told; by default their own.
    """
    deciding: dict[str, list[str]] = {}
    for mark in marks:
        if mark.submission is not None and mark.grading is not None:
            deciding.setdefault(_attempt(mark, zone), []).append(mark.exercise)
    if len(deciding) == 1:
        return [each for each in deciding if each]
    return [f"{', '.join(names)}: {told}" for told, names in deciding.items() if told]


def _attempt(mark: Mark, zone: tzinfo | None) -> str:
    when = "" if mark.at is None else moment(mark.at, zone)
    if (mark.attempt or 1) > 1 or mark.attempts > 1:
        return f"Attempt {mark.attempt} was graded{f', handed in at {when}' if when else ''}."
    return f"What was handed in at {when} was graded." if when else ""


def read_as(course: Course, folder: Path | None, exercises: Sequence[str]) -> list[str]:
    """Sentences on how a hand-in was read for some exercises."""
    if folder is None:
        return []
    try:
        submission = Submission.from_path(folder, "")
    except (SubmissionError, OSError):
        return []
    matched = match(course, submission, tuple(exercises))
    others = {exercise.id for exercise in course.exercises} - set(exercises)
    foreign = {told for name, told in matched.unread.items() if name in others}
    foreign |= {told for name, told in matched.chosen.items() if name in others}
    found = [note for note in matched.notes if note not in foreign]
    found += [matched.chosen[name] for name in exercises if name in matched.chosen]
    return [
        printable(note) for note in dict.fromkeys(found) if note.partition(": ")[0] not in others
    ]


def choices_of(course: Course, marks: Iterable[Mark], files: Files) -> list[str]:
    """The same for all hand-ins that decide some marks."""
    deciding: dict[int, list[str]] = {}
    for mark in marks:
        if mark.submission is not None:
            deciding.setdefault(mark.submission, []).append(mark.exercise)
    found = [
        note
        for submission, exercises in deciding.items()
        for note in read_as(course, files(submission), exercises)
    ]
    return list(dict.fromkeys(found))
