"""The code of hand-ins, read from the collected classes that a gradebook remembers.

A gradebook keeps verdicts, not programs: these lie in the folders that `grade batch` judged. Where
a folder is gone, there is no code to show, and nothing else is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from grader.classroom.attempt import Attempt
from grader.classroom.collected import ATTEMPT, WORK, files_of
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.listing import Which
from grader.classroom.gradebook.traits import UNKNOWN
from grader.classroom.gradebook.values import Submission as Recorded
from grader.classroom.insight.bare import bare
from grader.classroom.insight.people import events
from grader.classroom.insight.persons import ComparedExercise, ComparedTest, Comparison
from grader.classroom.insight.values import Sample
from grader.classroom.merged import Mergers, attempt_of
from grader.course.outline import Course
from grader.errors import SubmissionError
from grader.handin.matching import match
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult

__all__ = ["compare", "folders", "modules", "samples"]

#: Hand-ins that are looked at for each sample that is wanted: some are alike, of some the code is
#: gone.
_LOOKS = 8


class Roots(NamedTuple):
    """The collected classes that a gradebook remembers: where hand-ins lie.

    Args:
        mergers: students who turned out to be one; their hand-ins lie under the keys of before.
    """

    paths: Sequence[Path]
    mergers: Mergers


def folders(book: Gradebook) -> Roots:
    """Where hand-ins lie."""
    paths = [root for kind, root in book.places() if kind == "collected"]
    return Roots(paths, book.mergers.known())


def modules(course: Course, roots: Roots, submission: Recorded) -> dict[str, str]:
    """Exercise -> the text that is graded for it; empty where the files are gone or unreadable.

    Args:
        roots: `folders` of the gradebook, read once for many hand-ins.
    """
    folder = _folder(roots, submission)
    if folder is None:
        return {}
    return _matched(course, folder)


def _matched(course: Course, folder: Path) -> dict[str, str]:
    try:
        read = Submission.from_path(folder, "")
    except (SubmissionError, OSError):
        return {}
    names = tuple(exercise.id for exercise in course.exercises)
    found = match(course, read, names).modules
    return {name: found[name] for name in names if name in found}


def _folder(roots: Roots, submission: Recorded) -> Path | None:
    """Where the files of a hand-in lie, as they are graded."""
    former = [key for key, each in roots.mergers.items() if each.student in submission.students]
    for root in roots.paths:
        for student in (*submission.students, *former):
            for written in _attempts(root, student):
                attempt = attempt_of(written, roots.mergers)
                if _identity(attempt) == (
                    submission.source, submission.number, submission.digest, submission.unit,
                ):  # fmt: skip
                    return files_of(root, attempt)
    return None


def _identity(attempt: Attempt) -> tuple[str, int, str, str | None]:
    return attempt.source, attempt.number, attempt.digest, attempt.unit


def _attempts(root: Path, student: str) -> Iterable[Attempt]:
    """The attempts of one student in a collected class."""
    if not student or student in (".", "..") or "/" in student or "\0" in student:
        return
    for path in sorted((root / WORK / student).glob(f"*/{ATTEMPT}")):
        try:
            found = msgspec.json.decode(path.read_bytes(), type=Attempt)
        except (OSError, msgspec.MsgspecError):
            continue
        yield msgspec.structs.replace(found, folder=path.parent.relative_to(root).as_posix())


# --- samples --------------------------------------------------------------------------------------


def samples(
    book: Gradebook,
    exercise: str,
    *,
    idea: str | None = None,
    signature: str | None = None,
    count: int = 3,
    sections: Sequence[str] = (),
) -> tuple[Sample, ...]:
    """Programs with a wrong idea, or with a wrong answer that none explains, bare.

    Those of which many students have the same bare text come first; then the newest.

    Args:
        sections: only of students of these; empty: of all.
    """
    known = book.course.exercise(exercise)
    if known is None or (idea is None and signature is None):
        return ()
    what = idea if signature is None else UNKNOWN + signature
    found = book.listing.having(Which(exercise, what=what), count * _LOOKS, sections)
    ids = {number for _, numbers in found for number in numbers}
    submissions = {each.id: each for each in book.listing.submissions(ids)}
    wanted = _functions(book.course, exercise)
    texts: dict[str, list[int]] = {}
    whose: dict[str, int] = {}
    roots = folders(book)

    def text_of(number: int) -> str:
        return modules(book.course, roots, submissions[number]).get(exercise, "")

    for students, numbers in found:
        read = {number: text_of(number) for number in dict.fromkeys(numbers)}
        number = next((n for n, text in read.items() if text), numbers[0])
        code = bare(read[number], wanted)
        if code:
            texts.setdefault(code, []).append(number)
            whose[code] = whose.get(code, 0) + students
    ordered = sorted(texts, key=lambda code: -whose[code])
    return tuple(Sample(code, whose[code], texts[code][0]) for code in ordered[:count])


@lru_cache(maxsize=256)
def _public(path: str, changed: int) -> frozenset[str]:
    import ast

    tree = ast.parse(Path(path).read_text("utf-8"))
    kinds = ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


def _functions(course: Course, name: str) -> frozenset[str] | None:
    """The names that an exercise asks for; None where its stub cannot be read."""
    exercise = course.exercise(name)
    if exercise is None:
        return None
    stub = course.stub(exercise)
    try:
        return _public(str(stub), stub.stat().st_mtime_ns)
    except (OSError, ValueError, SyntaxError):
        return None


# --- two side by side -----------------------------------------------------------------------------


def compare(book: Gradebook, a: int, b: int) -> Comparison:
    """Two hand-ins, exercise by exercise.

    Raises:
        KeyError: there is no such hand-in.
    """
    there = {each.id: each for each in book.listing.submissions({a, b})}
    one, other = there[a], there[b]
    told = {each.submission: each for each in events(book, list(there.values()))}
    gradings = told[a].gradings, told[b].gradings
    roots = folders(book)
    code = modules(book.course, roots, one), modules(book.course, roots, other)
    order = [e.id for e in book.course.exercises if e.id in gradings[0] or e.id in gradings[1]]
    found = []
    for name in order:
        results = [book.result(g[name]) if name in g else None for g in gradings]
        left, right = results
        same = left is not None and right is not None and left.sources == right.sources
        found.append(
            ComparedExercise(
                name, _tests(left, right), same, code[0].get(name), code[1].get(name)
            )
        )  # fmt: skip
    return Comparison(
        told[a], told[b], _first(one.students), _first(other.students), tuple(found)
    )  # fmt: skip


def _first(students: Collection[str]) -> str:
    return next(iter(students), "")


def _tests(a: ExerciseResult | None, b: ExerciseResult | None) -> tuple[ComparedTest, ...]:
    left = {test.id: test for test in a.tests} if a is not None else {}
    right = {test.id: test for test in b.tests} if b is not None else {}
    found = []
    for name in dict.fromkeys([*left, *right]):
        one, other = left.get(name), right.get(name)
        found.append(
            ComparedTest(
                name,
                None if one is None else one.outcome,
                None if other is None else other.outcome,
                "" if one is None else one.message,
                "" if other is None else other.message,
            )
        )
    return tuple(found)
