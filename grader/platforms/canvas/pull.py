"""`grade pull canvas`: people, submissions with their times, and extensions, into a class.

The folder is one as `grade collect` makes it; what is there is not fetched again, and a run that
was stopped goes on where it was. Extensions go into the gradebook, whose people are the class's.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec

from grader.classroom.collect import Request, collect
from grader.classroom.collected import read_class, read_people
from grader.classroom.enrol import enrol
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.intake.feed import Feed
from grader.classroom.intake.handin import HandIn
from grader.classroom.listed import Listing
from grader.classroom.roster import Roster
from grader.classroom.summary import Problem, Summary, differing
from grader.course.outline import Course, Unit
from grader.handin.text import printable
from grader.platforms.canvas import records
from grader.platforms.canvas.api import Api, Refused
from grader.platforms.canvas.course import Room, matched, read_assignments, read_room, unit_of
from grader.platforms.canvas.extensions import Extensions, reconcile, wanted
from grader.platforms.canvas.handed_in import Downloads, hand_ins, read_submissions

__all__ = ["Asked", "Pulled", "pull"]


class Asked(msgspec.Struct, frozen=True):
    """What is to be brought.

    Args:
        number: the course's id in Canvas.
        into: the folder of the class.
        assignments: (title or id, unit) pairs that a person gave.
        keep: which attempts count, as for `grade collect`.
    """

    number: int
    into: Path
    assignments: tuple[tuple[str, str], ...] = ()
    keep: str | None = None


class Pulled(msgspec.Struct, frozen=True):
    """What came of it.

    Args:
        collected: what `grade collect` would have told.
        assignments: each assignment's label -> its unit, or "course".
        extensions: how many were added now, taken back now, and known.
    """

    collected: Summary
    assignments: dict[str, str]
    added: int
    taken_back: int
    known: int
    gradebook: str
    format: int = 1


def pull(
    api: Api,
    asked: Asked,
    course: Course,
    book: Gradebook,
    progress: Callable[[str, int], None] = lambda name, total: None,
) -> Pulled:
    """Bring a class from Canvas.

    Raises:
        UsageError: Canvas does not give it, or the folder is something else. What had come by then
            is kept.
    """
    ours = matched(course, read_assignments(api, asked.number), asked.assignments)
    room = read_room(api, asked.number, [assignment for assignment, _ in ours.values()])
    with closing(Downloads(api, room.name)) as tree:
        found: list[HandIn] = []
        for assignment, target in ours.values():
            submissions = read_submissions(api, asked.number, assignment)
            found += hand_ins(tree, room, assignment, unit_of(target), submissions)
        found.sort(key=lambda each: each.at.timestamp() if each.at is not None else 0.0)
        listing = _with_keys(room.listing, asked.into, book)
        feed = Feed("canvas", listing, tree, tuple(found))
        summary = collect(Request((), asked.into, keep=asked.keep, feeds=(feed,)), course, progress)
    about, people, attempts = read_class(asked.into, book.mergers.known(), course)
    book.note_place("collected", asked.into)
    enrol(book, about, people)
    given = _extensions(api, asked.number, room, ours, book)
    problems = [Problem("", room.name, printable(text)) for text in given.problems]
    dates = {student.person.key: student.dates for student in book.marks(everyone=True)}
    summary = msgspec.structs.replace(
        summary,
        late=tuple(differing(course, people, attempts, dates)),
        problems=(*summary.problems, *problems),
        notes=(*summary.notes, *map(printable, given.notes)),
    )
    named = {a.label: unit_of(target) or "course" for a, target in ours.values()}
    return Pulled(summary, named, given.added, given.taken_back, given.known, book.where)


def _with_keys(listing: Listing, into: Path, book: Gradebook) -> Listing:
    """The students by the keys that the gradebook has for them, where the class has none yet."""
    there = {person.aliases.get("canvas", "") for person in read_people(into)}
    known = {
        listed.place: key
        for listed, key in Roster(book.people(everyone=True).values()).rows(listing)
        if listed.aliases["canvas"] not in there
    }
    people = [
        msgspec.structs.replace(each, student=known.get(each.place, "")) for each in listing.people
    ]
    return msgspec.structs.replace(listing, people=tuple(people))


def _extensions(
    api: Api,
    number: int,
    room: Room,
    ours: dict[int, tuple[records.Assignment, Unit | Course]],
    book: Gradebook,
) -> Extensions:
    people = book.people(everyone=True)
    keys = {person.aliases.get("canvas", ""): key for key, person in people.items()}
    whole = Extensions([], [], [])
    units = []
    for assignment, target in ours.values():
        if not isinstance(target, Unit):
            continue
        what = f"the extensions of {assignment.label}"
        path = f"courses/{number}/assignments/{assignment.id}/overrides"
        try:
            overrides = list(api.list(path, records.Override, what))
        except Refused as error:
            whole.problems.append(str(error))
            continue
        found = wanted(
            room, assignment, target, overrides,
            lambda user: keys.get(str(user)), lambda key: people[key].section,
        )  # fmt: skip
        units.append(target.id)
        whole.entries += found.entries
        whole.notes += found.notes
        whole.problems += found.problems
    reconcile(book, units, whole)
    return whole
