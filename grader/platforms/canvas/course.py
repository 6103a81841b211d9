"""A Canvas course as wxb sees it: which assignment is which unit, its people and groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from grader.classroom.exports.columns import Target, ours
from grader.classroom.listed import Listed, Listing
from grader.classroom.people import folded
from grader.course.outline import Course, Unit
from grader.errors import UsageError
from grader.handin.text import printable
from grader.platforms.canvas import records
from grader.platforms.canvas.api import Api, Refused

__all__ = ["Room", "matched", "read_assignments", "read_room", "unit_of"]

_STUDENT, _TEST = "StudentEnrollment", "StudentViewEnrollment"
#: The test student's name, where nothing is said of roles.
_TEST_NAME = folded("Test Student")
_NAME = 200
#: What is tried first of what an e-mail address and a login may be told with.
_PEOPLE = {
    "enrollment_type": ["student", "student_view"],
    "include": ["enrollments", "email", "test_student"],
}


class Room(msgspec.Struct, frozen=True):
    """Who is in a Canvas course.

    Args:
        name: what the course is called in messages: `Canvas course 42`.
        students: by their ids; the test student is not among them.
        tests: ids of test students, who are nobody.
        sections: id -> name.
        sections_of: student -> ids of their sections.
        members: group -> ids of its students.
        sets: group -> the set of groups that it is in.
        teams: student -> the group that they hand in with, where assignments are for groups.
        notes: a sentence on each thing that was remarkable.
    """

    name: str
    students: dict[int, records.User]
    tests: frozenset[int]
    sections: dict[int, str]
    sections_of: dict[int, tuple[int, ...]]
    members: dict[int, tuple[int, ...]]
    sets: dict[int, int]
    teams: dict[int, str] | None
    notes: tuple[str, ...] = ()

    @property
    def listing(self) -> Listing:
        """The students as a sheet would list them."""
        people = [self._listed(user) for _, user in sorted(self.students.items())]
        tests = frozenset(str(number) for number in self.tests)
        return Listing(Path(self.name), "canvas", tuple(people), tests, self.notes)

    def _listed(self, user: records.User) -> Listed:
        ids = {"canvas": str(user.id), "sis": user.sis_user_id, "login": user.login_id}
        login = _plain(user.login_id)
        section = ", ".join(self.sections.get(n, "") for n in self.sections_of.get(user.id, ()))
        return Listed(
            f"{self.name}, user {user.id}",
            name=_plain(user.name or user.sortable_name),
            email=_plain(user.email) or (login if "@" in login else ""),
            section=section.strip(", ")[:_NAME],
            team=None if self.teams is None else self.teams.get(user.id, ""),
            aliases={system: _plain(value) for system, value in ids.items() if _plain(value)},
        )


def _plain(text: str | int | None) -> str:
    return " ".join(str(text or "").split())[:_NAME]


def matched(
    course: Course,
    assignments: Iterable[records.Assignment],
    given: Sequence[tuple[str, str]],
) -> dict[int, tuple[records.Assignment, Target]]:
    """Id of an assignment -> it, and what it is for: by its title, or as a person said.

    Args:
        given: (title or id, unit) pairs.

    Raises:
        UsageError: an assignment or a unit is not there, two are for one unit, or none is ours.
    """
    known = {each.id: each for each in assignments}
    headers = {number: each.label for number, each in known.items()}
    pairs = [
        (headers.get(int(title), title) if title.isdecimal() else title, unit)
        for title, unit in given
    ]
    found = ours(course, headers, pairs)
    if not found:
        named = ", ".join(repr(printable(text)) for text in headers.values()) or "none"
        raise UsageError(
            f"No assignment in Canvas is called like a unit (there are: {named}). Say which one "
            f"is which: --assignment 'TITLE={course.units[0].id}'."
        )
    return {number: (known[number], target) for number, target in sorted(found.items())}


def read_assignments(api: Api, number: int) -> list[records.Assignment]:
    """All assignments of a Canvas course, with their own dates."""
    what = f"the assignments of course {number}"
    path = f"courses/{number}/assignments"
    return list(api.list(path, records.Assignment, what, override_assignment_dates=False))


def read_room(api: Api, number: int, assignments: Iterable[records.Assignment] = ()) -> Room:
    """Who is in a Canvas course.

    Args:
        assignments: those that count; where they are for groups, these are the class's teams.

    Raises:
        UsageError: there is no such course, nobody is in it, or the token may not see who is.
    """
    students, tests, sections_of = _people(api, number)
    notes: list[str] = []
    if not students:
        raise UsageError(
            f"Canvas names no students in course {number}: nobody is in it, it has ended, or this "
            "token's user may not see them. Nothing was changed."
        )
    sections: dict[int, str] = {}
    try:
        what = f"the sections of course {number}"
        for each in api.list(f"courses/{number}/sections", records.Section, what):
            sections[each.id] = _plain(each.name)
    except Refused as error:
        notes.append(f"{error} Sections stay unknown.")
    members, sets, teams = _groups(api, number, assignments, notes)
    return Room(
        f"Canvas course {number}", students, frozenset(tests), sections, sections_of, members,
        sets, teams, tuple(notes),
    )  # fmt: skip


def _people(
    api: Api, number: int
) -> tuple[dict[int, records.User], set[int], dict[int, tuple[int, ...]]]:
    students: dict[int, records.User] = {}
    tests: set[int] = set()
    sections_of: dict[int, tuple[int, ...]] = {}
    what = f"the students of course {number}"
    for user in api.list(f"courses/{number}/users", records.User, what, **_PEOPLE):
        roles = {each.type for each in user.enrollments}
        is_named = folded(user.name or "") == _TEST_NAME and not user.sis_user_id
        if _STUDENT not in roles and (_TEST in roles or (is_named and not roles)):
            tests.add(user.id)
            continue
        if roles and _STUDENT not in roles:
            continue
        students[user.id] = user
        own = {e.course_section_id for e in user.enrollments if e.type == _STUDENT}
        sections_of[user.id] = tuple(sorted(n for n in own if n is not None))
    return students, tests, sections_of


def _groups(
    api: Api, number: int, assignments: Iterable[records.Assignment], notes: list[str]
) -> tuple[dict[int, tuple[int, ...]], dict[int, int], dict[int, str] | None]:
    """Of the sets of groups that assignments are for: group -> members, group -> set; teams."""
    sets = [each.group_category_id for each in assignments if each.group_category_id is not None]
    members: dict[int, tuple[int, ...]] = {}
    if not sets:
        return members, {}, None
    if len(set(sets)) > 1:
        notes.append(
            "Assignments are for different sets of groups; the teams of the class are those of "
            "the first one."
        )
    teams: dict[int, str] = {}
    of_set: dict[int, int] = {}
    what = f"the groups of course {number}"
    try:
        groups = list(api.list(f"courses/{number}/groups", records.Group, what))
    except Refused as error:
        notes.append(f"{error} Groups stay unknown.")
        return members, of_set, None
    for group in groups:
        if group.group_category_id not in sets:
            continue
        of_set[group.id] = group.group_category_id
        users = api.list(f"groups/{group.id}/users", records.User, f"the members of {what}")
        members[group.id] = tuple(sorted(user.id for user in users))
        if group.group_category_id == sets[0]:
            name = _plain(group.name) or f"Group {group.id}"
            teams.update(dict.fromkeys(members[group.id], name))
    return members, of_set, teams


def unit_of(target: Target) -> str | None:
    """The unit that an assignment is for; None where it is for the whole course."""
    return target.id if isinstance(target, Unit) else None
