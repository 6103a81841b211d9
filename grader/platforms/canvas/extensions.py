"""Overrides of due dates in Canvas, as extensions in the gradebook, each with its source.

An override for a student or a group is an extension of each student; one for a section is the
section's, and also of those of its students who are in another section as well. They are entries
as `grade extend` makes them, given by `Canvas (ada)`. Where Canvas has changed or lost an override,
its entry is taken back and the new one added; what a person gave stays, and what a person took
back is not given again. Nothing takes time away: an earlier date is told and not taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from grader.classroom.gradebook.book import Gradebook, me
from grader.classroom.gradebook.values import Adjustment
from grader.classroom.people import folded
from grader.course.outline import Unit
from grader.platforms.canvas import records
from grader.platforms.canvas.course import Room

__all__ = ["BY", "Extensions", "reconcile", "wanted"]

#: How entries from here say who gave them.
BY = "Canvas"
_GONE = "no longer so in Canvas"


class Extensions(msgspec.Struct):
    """What Canvas gives, and what came of it.

    Args:
        entries: extensions that Canvas gives.
        notes: a sentence on each date that was not taken over.
        problems: the same, where somebody has to decide.
        added, taken_back, known: how many entries are new, ended, and were there.
    """

    entries: list[Adjustment] = []
    notes: list[str] = []
    problems: list[str] = []
    added: int = 0
    taken_back: int = 0
    known: int = 0


def wanted(
    room: Room,
    assignment: records.Assignment,
    unit: Unit,
    overrides: Iterable[records.Override],
    student_of: Callable[[int], str | None],
    sections: Callable[[str], str],
) -> Extensions:
    """What the overrides of one assignment come to.

    Args:
        student_of: a student's key by their id in Canvas; None where the class has no such one.
        sections: a student's section, by key.
    """
    found = Extensions()
    _compare(assignment, unit, found)
    for override in overrides:
        whose = _whose(room, override)
        until = override.due_at
        if whose is None:
            continue
        name, users = whose
        why = f"override {override.id} of {assignment.label}, {name}"
        if until is msgspec.UNSET:
            if override.lock_at is not msgspec.UNSET:
                found.notes.append(f"Canvas changes only when it closes, not taken over: {why}.")
            continue
        if until is None:
            found.problems.append(
                f"Canvas gives no due date at all: {why}. Say how long: grade extend STUDENT "
                f"{unit.id} --until TIME"
            )
            continue
        assert isinstance(until, datetime)
        if unit.due is not None and until <= unit.due and not unit.sections:
            found.notes.append(
                f"Canvas's date, {_moment(until)}, is no later than course.yaml's, so nothing "
                f"follows from it: {why}."
            )
            continue
        found.entries += _entries(room, override, unit, until, why, users, student_of, sections)
        strangers = [user for user in users if user in room.students and student_of(user) is None]
        if strangers:
            found.problems.append(f"{len(strangers)} students are not known to the class: {why}.")
    return found


def _compare(assignment: records.Assignment, unit: Unit, found: Extensions) -> None:
    """Say where the assignment's own date and the course's are not one."""
    if assignment.due_at is None or (unit.due is not None and unit.due == assignment.due_at):
        return
    there = f"{assignment.label} is due {_moment(assignment.due_at)} in Canvas"
    if unit.due is None:
        found.notes.append(
            f"{there}, and course.yaml has no `due:` for {unit.id}: nothing is late by wxb."
        )
    else:
        found.notes.append(f"{there}, and {_moment(unit.due)} in course.yaml, which decides.")


def _whose(room: Room, override: records.Override) -> tuple[str, tuple[int, ...]] | None:
    """Whom an override is for: in words, and as ids; None where it is for everybody or nobody."""
    title = " ".join((override.title or "").split())[:100]
    if override.student_ids is not None:
        return title or "some students", tuple(override.student_ids)
    if override.group_id is not None:
        return f"group {title}".strip(), room.members.get(override.group_id, ())
    if override.course_section_id is not None:
        number = override.course_section_id
        users = tuple(user for user, own in room.sections_of.items() if number in own)
        return f"section {room.sections.get(number) or title}", users
    return None


def _entries(
    room: Room,
    override: records.Override,
    unit: Unit,
    until: datetime,
    why: str,
    users: Sequence[int],
    student_of: Callable[[int], str | None],
    sections: Callable[[str], str],
) -> list[Adjustment]:
    who, now = f"{BY} ({me()})", datetime.now(UTC)
    entries = []
    section = ""
    if override.course_section_id is not None and override.student_ids is None:
        section = room.sections.get(override.course_section_id, "")
    if section:
        entries.append(
            Adjustment(0, "extend", who, now, why, section=section, unit=unit.id, until=until)
        )
    for user in users:
        key = student_of(user)
        if key is not None and not (section and folded(sections(key)) == folded(section)):
            entries.append(
                Adjustment(0, "extend", who, now, why, student=key, unit=unit.id, until=until)
            )
    return entries


def reconcile(book: Gradebook, units: Iterable[str], found: Extensions) -> None:
    """Bring the gradebook to what Canvas gives now, and count what that changes.

    Args:
        units: those that Canvas was asked about.
    """
    asked = set(units)
    there = [
        entry
        for entry in book.adjustments(all_of_them=True)
        if entry.kind == "extend" and entry.who.startswith(f"{BY} (") and entry.unit in asked
    ]
    wanted_now = {_about(entry): entry for entry in found.entries}
    holding = {_about(entry) for entry in there if entry.taken_back is None}
    refused = {
        _about(entry)
        for entry in there
        if entry.taken_back is not None and not entry.taken_back_by.startswith(f"{BY} (")
    } - holding
    new = [entry for about, entry in wanted_now.items() if about not in holding | refused]
    gone = [e for e in there if e.taken_back is None and _about(e) not in wanted_now]
    for about in refused & wanted_now.keys():
        entry = wanted_now[about]
        whose = entry.student or f"section {entry.section}"
        found.notes.append(f"Taken back by a person, and not given again: {whose}, {entry.why}.")
    if gone:
        book.take_back(gone, who=f"{BY} ({me()})", why=_GONE)
    if new:
        book.adjust(new)
    found.added, found.taken_back = len(new), len(gone)
    found.known = len(holding & wanted_now.keys())


def _about(entry: Adjustment) -> tuple[str, str, str, str, float]:
    until = entry.until.timestamp() if entry.until is not None else 0.0
    return entry.student, entry.section, entry.unit, entry.why, until


def _moment(time: datetime) -> str:
    return time.isoformat(" ", "minutes")
