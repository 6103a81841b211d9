"""The last hand-ins of a class, read and compared, exercise by exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight.code import folders, modules
from grader.classroom.similar.compare import LEAST, alike
from grader.classroom.similar.values import Case, Pair, Similarity
from grader.course.outline import Course, Exercise
from grader.course.text import read_draft

__all__ = ["CAUTION", "cases", "similar"]

#: What stands beside every pair.
CAUTION = (
    "Short exercises converge, and people who learn together write alike. That two hand-ins are "
    "nearly the same is a reason to talk with both, and no finding."
)


def similar(
    book: Gradebook, exercises: Iterable[str] = (), heard: Callable[[str], None] = lambda name: None
) -> list[Similarity]:
    """Exercises, compared in course order; it reads the files of the whole class.

    Args:
        exercises: their ids; all by default.
        heard: told each exercise before it is compared.
    """
    wanted = set(exercises) or {exercise.id for exercise in book.course.exercises}
    people = book.people()
    last = book.listing.last_hand_ins(sorted(wanted))
    there = {each.id: each for each in book.listing.submissions({row.submission for row in last})}
    roots = folders(book)
    texts: dict[int, dict[str, str]] = {}
    by_exercise: dict[str, dict[tuple[str, int], str]] = {}
    for row in last:
        if row.student not in people:
            continue
        if row.submission not in texts:
            texts[row.submission] = modules(book.course, roots, there[row.submission])
        text = texts[row.submission].get(row.exercise)
        if text is not None:
            found = by_exercise.setdefault(row.exercise, {})
            found[row.student, row.submission] = text
    shared = {each.id: set(each.students) for each in there.values()}

    def together(a: tuple[str, int], b: tuple[str, int]) -> bool:
        team = people[a[0]].team
        is_team = bool(team) and team == people[b[0]].team
        return is_team or a[1] == b[1] or b[0] in shared[a[1]] or a[0] in shared[b[1]]

    results = []
    for exercise in book.course.exercises:
        if exercise.id in wanted:
            heard(exercise.id)
            programs = by_exercise.get(exercise.id, {})
            results.append(_compared(book.course, exercise, programs, together))
    return results


def _compared(
    course: Course,
    exercise: Exercise,
    programs: dict[tuple[str, int], str],
    together: Callable[[tuple[str, int], tuple[str, int]], bool],
) -> Similarity:
    found = alike(programs, _stub(course, exercise), together)
    pairs = tuple(
        Pair(exercise.id, a, b, a_id, b_id, pair.share, pair.tokens, pair.matches)
        for pair in found.pairs
        for (a, a_id), (b, b_id) in [(pair.a, pair.b)]
    )
    why = _too_short(exercise, found.own, len(programs))
    return Similarity(
        exercise.id, len(programs), found.left_out, found.own, why, () if why else pairs
    )


def _too_short(exercise: Exercise, own: int, programs: int) -> str:
    if programs < 2:
        return f"There are no two programs for {exercise.id} to compare."
    if own >= LEAST:
        return ""
    return (
        f"{exercise.id} is too short to tell: the middle program has {own} tokens beyond the stub, "
        f"and a pair would have to share {LEAST}."
    )


def _stub(course: Course, exercise: Exercise) -> str:
    try:
        return read_draft(course.stub(exercise))
    except OSError:
        return ""


def cases(found: Iterable[Similarity]) -> list[Case]:
    """The same, by pairs of students: all exercises of a pair together, the most first."""
    by_pair: dict[tuple[str, str], list[Pair]] = {}
    for similarity in found:
        for pair in similarity.pairs:
            a, b = sorted((pair.a, pair.b))
            by_pair.setdefault((a, b), []).append(pair)
    grouped = [Case(a, b, tuple(pairs)) for (a, b), pairs in by_pair.items()]
    return sorted(grouped, key=lambda case: (-len(case.pairs), -case.tokens, case.a, case.b))
