"""Does each suite notice small changes of its reference? What `grade check --mutants` does.

Each mutant is graded like a submission, over the same border, up to the first test that loses
points. One that loses none has survived: either the suite has a hole, or the mutant is equivalent
to the reference and has an entry that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec

from grader.authoring.equivalents import Equivalent, load_equivalents
from grader.authoring.mutants import Mutant, mutants
from grader.course.faults import unreadable
from grader.course.outline import Course, Exercise
from grader.course.text import read_source
from grader.errors import CourseError, Fault
from grader.grading.engine import Grader
from grader.handin.submission import Submission
from grader.report.model import FREE, is_lost

__all__ = ["CAUGHT", "Mutated", "MutationSummary", "mutate", "quick", "summarise"]

#: Share of all mutants that the suites of a course must catch. The rest is room for equivalents;
#: a list of them that needs more room would hide holes.
CAUGHT = 0.97
#: A mutant that loops is stopped sooner than a student's code is: seconds a call, an exercise.
_CALL, _EXERCISE = 1.0, 5.0


class Mutated(msgspec.Struct, frozen=True):
    """What mutating one exercise came to.

    Args:
        total: mutants made.
        caught: those that a test noticed.
        equivalent: survivors that are listed with a reason.
        untried: mutants whose tests could not all be run, e.g. without PyTorch.
        solution, listing: the files, relative to the course, that survivors and entries are in.
        survivors: mutants that nothing noticed and no entry explains.
        faults: entries that no longer hold.
    """

    exercise: str
    total: int
    caught: int
    equivalent: int
    untried: int
    solution: Path
    listing: Path
    survivors: tuple[Mutant, ...]
    faults: tuple[Fault, ...]


class MutationSummary(msgspec.Struct, frozen=True):
    """What mutating several exercises came to.

    Args:
        tried: mutants whose tests could all be run, or that a test noticed.
        caught: those that a test noticed.
        share, least: `caught` of `tried`, and how much of it a course must reach; from 0 to 1.
        survivors: mutants that nothing noticed and no entry explains.
        faults: everything that is wrong: survivors, entries that no longer hold, and a `share`
            below `least`.
    """

    tried: int
    caught: int
    share: float
    survivors: int
    faults: int
    least: float = CAUGHT

    @property
    def is_enough(self) -> bool:
        """Whether enough changes are noticed."""
        return self.share >= self.least


def summarise(mutated: Sequence[Mutated]) -> MutationSummary:
    """The sum of what mutating each exercise came to."""
    tried = sum(one.total - one.untried for one in mutated)
    caught = sum(one.caught for one in mutated)
    share = caught / tried if tried else 1.0
    survivors = sum(len(one.survivors) for one in mutated)
    faults = survivors + sum(len(one.faults) for one in mutated) + (share < CAUGHT)
    return MutationSummary(tried, caught, share, survivors, faults)


def quick(course: Course) -> Course:
    """The course with the limits that mutants get."""
    limits = course.limits
    shorter = msgspec.structs.replace(
        limits, call=min(limits.call, _CALL), exercise=min(limits.exercise, _EXERCISE)
    )
    return msgspec.structs.replace(course, limits=shorter)


def mutate(
    course: Course,
    exercises: Sequence[Exercise],
    grader: Grader,
    count: Callable[[int], None] = lambda total: None,
    step: Callable[[str], None] = lambda exercise: None,
) -> Iterator[Mutated]:
    """Mutate exercises one by one, as many mutants at once as the grader has judges.

    Args:
        grader: a grader of `quick(course)`.
        count: called at the start with the number of mutants.
        step: called after each mutant with its exercise.

    Raises:
        CourseError: a solution or a list of equivalents cannot be read.
    """
    texts = {e.id: read_source(course.solution(e), course.root) for e in course.exercises}
    made = {e.id: _mutants(course, e, texts[e.id]) for e in exercises}
    listed = {e.id: load_equivalents(course.equivalents(e), Path(course.root)) for e in exercises}
    count(sum(map(len, made.values())))

    def survives(exercise: Exercise, mutant: Mutant) -> bool | None:
        """Whether every test lets it pass; None if some could not be run."""
        sources = {f"{name}.py": text for name, text in texts.items()}
        sources[f"{exercise.id}.py"] = mutant.text
        submission = Submission.from_sources(sources, "mutant")
        report = grader.grade(submission, [exercise.id], until_lost=True)
        step(exercise.id)
        outcomes = {test.outcome for test in report.exercises[0].tests}
        if any(map(is_lost, outcomes)):
            return False
        return None if outcomes & FREE else True

    calls = (partial(survives, e, mutant) for e in exercises for mutant in made[e.id])
    fates = grader.in_parallel(calls)
    with closing(fates):
        for exercise in exercises:
            theirs = list(islice(fates, len(made[exercise.id])))
            yield _sum_up(course, exercise, made[exercise.id], theirs, listed[exercise.id])


def _mutants(course: Course, exercise: Exercise, text: str) -> list[Mutant]:
    try:
        return mutants(text)
    except SyntaxError as error:
        inside = course.solution(exercise).relative_to(course.root)
        raise CourseError([unreadable(inside, error, "Python")]) from None


def _sum_up(
    course: Course,
    exercise: Exercise,
    made: Sequence[Mutant],
    fates: Sequence[bool | None],
    listed: Sequence[Equivalent],
) -> Mutated:
    root = Path(course.root)
    listing = course.equivalents(exercise).relative_to(root)
    known = {entry.key for entry in listed}
    alive = [mutant for mutant, fate in zip(made, fates, strict=True) if fate is True]
    unsure = {m.key for m, fate in zip(made, fates, strict=True) if fate is not False}
    faults = []
    for entry in listed:
        if entry.key not in unsure:
            there = entry.key in {mutant.key for mutant in made}
            what = "a test notices this change" if there else "the solution has no such change"
            faults.append(Fault(listing, entry.line, what, "no entry for it"))
    return Mutated(
        exercise.id,
        len(made),
        sum(fate is False for fate in fates),
        sum(mutant.key in known for mutant in alive),
        sum(fate is None for fate in fates),
        course.solution(exercise).relative_to(root),
        listing,
        tuple(mutant for mutant in alive if mutant.key not in known),
        tuple(faults),
    )
