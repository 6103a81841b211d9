"""A collected class, read back: who is in it, what they handed in, and which of it counts.

`read_class(folder)` gives all of it as values; `files_of(folder, attempt)` is the folder that
`Submission.from_path` reads. Which attempts count follows from all that are there:

- of several of one student for one unit the last counts: by time where all have one, by the
  source's own numbers where all have those, else in the order in which they were collected, and
  those with a time by time, as marks have them (`gradebook/order.py`); under
  `keep` "best" or "all" every one is picked, for a policy to choose after lateness; where nobody
  said which, course.yaml does (`attempts:`);
- an attempt stands for the units that something in it is for, and for no other;
- a team's hand-in counts for each member, until a member hands in something later;
- where the roster has teams, the last hand-in of a team-mate counts for whoever handed in nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from grader.classroom.attempt import CLASS, Attempt, Collected
from grader.classroom.gradebook.order import Place, in_order
from grader.classroom.merged import Mergers, attempt_of, people_of
from grader.classroom.people import Person, folded
from grader.classroom.policy import keeping
from grader.course.outline import Course
from grader.errors import UsageError

__all__ = ["ATTEMPT", "FORMAT", "LOG", "ROSTER", "UNMATCHED", "WORK", "counting", "files_of",
           "find_class", "policy_notes", "read_about", "read_attempts", "read_class", "read_people",
           "read_unmatched"]  # fmt: skip

FORMAT = 1
ROSTER, LOG, ATTEMPT = "roster.json", "collect.log", "attempt.json"
WORK, UNMATCHED = "work", "unmatched"
_T = TypeVar("_T")
#: What stands for "any unit" among units.
_ANY = ""


def find_class(start: Path) -> Path | None:
    """The collected class that a path lies in, or is; None where it lies in none."""
    start = start.resolve()
    return next((path for path in (start, *start.parents) if (path / CLASS).is_file()), None)


def read_class(
    folder: Path, mergers: Mergers | None = None, course: Course | None = None
) -> tuple[Collected, list[Person], list[Attempt]]:
    """A collected class: what `wxb-class.json` says, its people by key, their attempts in order.

    Of each attempt, `picked` and `team` are worked out: `team` is everybody whose mark it decides,
    for at least one unit (`counting` tells which), and empty where that is its student alone.

    Args:
        mergers: students who turned out to be one, as the gradebook knows them.
        course: whose policy says which attempts count, where nobody said it of the class.

    Raises:
        UsageError: there is no such class, or a file of it cannot be read.
    """
    about = read_about(folder)
    if not about.keep and course is not None:
        about = msgspec.structs.replace(about, keep=keeping(course.attempts))
    people = people_of(read_people(folder), mergers or {})
    attempts = read_attempts(folder, mergers)
    decided = counting(about, people, attempts)
    credited: dict[str, set[str]] = {}
    for student, units in decided.items():
        for chosen in units.values():
            for attempt in chosen:
                credited.setdefault(attempt.folder, set()).add(student)
    return about, people, [_settled(attempt, credited) for attempt in attempts]


def _settled(attempt: Attempt, credited: dict[str, set[str]]) -> Attempt:
    for_whom = credited.get(attempt.folder, set())
    team = tuple(sorted(for_whom)) if for_whom - {attempt.student} else ()
    return msgspec.structs.replace(attempt, picked=bool(for_whom), team=team)


def read_unmatched(folder: Path) -> list[Attempt]:
    """What was handed in by somebody who is not known; each has no student."""
    return list(_attempts(folder, UNMATCHED))


def read_attempts(folder: Path, mergers: Mergers | None = None) -> list[Attempt]:
    """All that is known whose it is, as it was written down: what counts is not worked out."""
    return [attempt_of(each, mergers or {}) for each in _attempts(folder, WORK)]


def files_of(folder: Path, attempt: Attempt) -> Path:
    """The folder of an attempt's files, as they are to be graded."""
    place = folder / attempt.folder
    return place / "read" if (place / "read").is_dir() else place / "files"


def read_about(folder: Path) -> Collected:
    """What `wxb-class.json` says.

    Raises:
        UsageError: there is none, or this wxb does not know it.
    """
    path = folder / CLASS
    if not path.is_file():
        raise UsageError(
            f"{folder} is no collected class: there is no {CLASS} in it. "
            f"Make one with `grade collect SOURCE --into {folder}`."
        )
    about = _decoded(path, Collected)
    if about.format != FORMAT:
        raise UsageError(
            f"{path}: format {about.format}; this wxb knows format {FORMAT}. Update it."
        )
    return about


def read_people(folder: Path) -> list[Person]:
    """Who is in a class, by key."""
    path = folder / ROSTER
    people = _decoded(path, list[Person]) if path.is_file() else []
    return sorted(people, key=lambda person: person.key)


def _attempts(folder: Path, kind: str) -> Iterator[Attempt]:
    for path in sorted((folder / kind).glob(f"*/*/{ATTEMPT}" if kind == WORK else f"*/{ATTEMPT}")):
        place = path.parent.relative_to(folder).as_posix()
        yield msgspec.structs.replace(_decoded(path, Attempt), folder=place)


def _decoded(path: Path, type_: type[_T]) -> _T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=type_)
    except msgspec.MsgspecError as error:
        raise UsageError(
            f"{path}: it is not what `grade collect` wrote ({error}); put it back, or collect "
            "again into another folder"
        ) from None


def policy_notes(about: Collected, course: Course | None) -> list[str]:
    """A sentence where a class was collected for fewer attempts than a course's policy needs."""
    needed = keeping(course.attempts) if course is not None else "last"
    if course is None or needed == "last" or about.keep != "last":
        return []
    key = "choose: best" if needed == "best" else f"counted: {course.attempts.counted}"
    return [
        f"course.yaml says `attempts: {key}`, and by --keep last only the last attempt of each "
        f"student is graded. To have all graded, collect again with --keep {needed}."
    ]


# --- what counts --------------------------------------------------------------------------------


def counting(
    about: Collected, people: Iterable[Person], attempts: Iterable[Attempt]
) -> dict[str, dict[str, list[Attempt]]]:
    """Student -> unit -> the attempts that count for it, the last one last; one under "last".

    A unit "" is any unit: of attempts whose names do not tell what they are for. Where a student
    has both, the one for the unit counts for that unit.
    """
    own: dict[str, dict[str, list[Attempt]]] = {}
    for attempt in attempts:
        units = (attempt.unit,) if attempt.unit else attempt.units or (_ANY,)
        for student in attempt.team or (attempt.student,):
            for unit in units:
                own.setdefault(student, {}).setdefault(unit, []).append(attempt)
    chosen = {
        student: {unit: _kept(about, found) for unit, found in units.items()}
        for student, units in own.items()
    }
    return chosen | _from_mates(people, chosen)


def _from_mates(
    people: Iterable[Person], chosen: dict[str, dict[str, list[Attempt]]]
) -> dict[str, dict[str, list[Attempt]]]:
    """The same for members of a roster's teams who lack something that a team-mate has."""
    teams: dict[str, list[Person]] = {}
    for person in people:
        if person.team:
            teams.setdefault(folded(person.team), []).append(person)
    given: dict[str, dict[str, list[Attempt]]] = {}
    for members in teams.values():
        theirs: dict[str, list[Attempt]] = {}
        for person in members:
            for unit, found in chosen.get(person.key, {}).items():
                theirs.setdefault(unit, []).extend(a for a in found if a not in theirs[unit])
        for person in members:
            units = dict(chosen.get(person.key, {}))
            lacking = {} if _ANY in units else {u: _ordered(f)[-1:] for u, f in theirs.items()}
            given[person.key] = lacking | units
    return {key: units for key, units in given.items() if units}


def _kept(about: Collected, attempts: list[Attempt]) -> list[Attempt]:
    ordered = _ordered(attempts)
    return ordered if about.keep in ("best", "all") else ordered[-1:]


def _ordered(attempts: list[Attempt]) -> list[Attempt]:
    """The attempts of one student for one unit, the last one last."""
    if all(attempt.at is not None for attempt in attempts):
        return sorted(attempts, key=lambda a: (a.at, a.order, a.folder))
    if all(attempt.order for attempt in attempts) and len({a.source for a in attempts}) == 1:
        return sorted(attempts, key=lambda a: (a.order, a.folder))
    counted = sorted(attempts, key=lambda a: (a.number, a.folder.rpartition("/")[2], a.folder))
    places = {each.folder: i for i, each in enumerate(counted)}
    return in_order(counted, lambda a: Place(a.number, places[a.folder], a.at))
