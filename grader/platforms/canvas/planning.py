"""From the gradebook and what Canvas has now to a plan of what to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

import msgspec

from grader.classroom.exports.cells import Counting, rounded
from grader.classroom.exports.columns import Target
from grader.classroom.exports.export import Clock, Request
from grader.classroom.exports.filling import (
    NOBODY,
    Notes,
    Slot,
    tell_cell,
    tell_gone,
    tell_marks,
)
from grader.classroom.feedback import has_work, standing, text_for
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.marks import StudentMarks
from grader.classroom.gradebook.values import Push
from grader.classroom.people import called
from grader.classroom.roster import Roster
from grader.course.outline import Unit
from grader.errors import UsageError
from grader.handin.text import printable
from grader.platforms.canvas import records
from grader.platforms.canvas.api import Api
from grader.platforms.canvas.course import Room, matched, read_assignments, read_room
from grader.platforms.canvas.plan import Plan, Row, decided, text_of, uniform
from grader.platforms.canvas.policy import late_policy, points_in, refuse_kind, tell_policy

__all__ = ["PushAsked", "planned"]

#: Characters of a comment: Canvas takes 64 Ki.
_COMMENT = 20_000
#: Gradings that are kept at hand for comments.
_KEPT = 512


class PushAsked(msgspec.Struct, frozen=True):
    """What is to be written.

    Args:
        number: the course's id in Canvas.
        late: whose lateness counts, where a person said so.
        overwrite: also over marks that a person gave in Canvas.
        comments: say in a comment what the feedback says.
    """

    number: int
    late: Clock | None = None
    overwrite: bool = False
    comments: bool = False


def planned(api: Api, asked: PushAsked, request: Request, book: Gradebook, notes: Notes) -> Plan:
    """What would be written now; nothing is.

    Raises:
        UsageError: Canvas does not say, or marks would lose lateness twice, or be other points.
    """
    planning = _Planning(api, asked, request, book, notes)
    return planning.whole()


class _Planning:
    """One plan, while it is made."""

    def __init__(
        self, api: Api, asked: PushAsked, request: Request, book: Gradebook, notes: Notes
    ) -> None:
        self._api, self._asked, self._request = api, asked, request
        self._book, self._notes = book, notes
        self._counting = Counting(request)
        self._result = lru_cache(_KEPT)(book.result)

    def whole(self) -> Plan:
        asked, request = self._asked, self._request
        ours = matched(request.course, read_assignments(self._api, asked.number), request.columns)
        for assignment, _ in ours.values():
            refuse_kind(assignment)
        room = read_room(self._api, asked.number, [assignment for assignment, _ in ours.values()])
        for note in room.notes:
            self._notes.add(note)
        self._policy = late_policy(self._api, asked.number, self._notes)
        tell_policy(self._policy, request.late, self._notes)
        users = self._users(room)
        rows: list[Row] = []
        visible = {}
        for assignment, target in ours.values():
            rows += self._rows(room, assignment, target, users)
            visible[assignment.label] = (
                "hidden until you post grades" if assignment.post_manually else "seen at once"
            )
        self._refuse_twice(rows)
        return Plan(tuple(rows), visible)

    def _users(self, room: Room) -> dict[int, StudentMarks]:
        """User of Canvas -> the student of the gradebook, by ids first."""
        marks = {student.person.key: student for student in self._request.students}
        roster = Roster(student.person for student in self._request.students)
        found: dict[str, list[int]] = {}
        own, further = roster.own_rows(room.listing)
        for listed, key in own:
            found.setdefault(key, []).append(int(listed.aliases["canvas"]))
        known = {int(listed.aliases["canvas"]) for listed in further}
        known |= {user for users in found.values() for user in users}
        for user in sorted(room.students.keys() - known):
            name = f"{room.students[user].name or ''} ({user})".strip()
            self._notes.add("In Canvas, and nobody whom the gradebook knows", name, person=True)
        for key, users in found.items():
            if len(users) > 1:
                who = called(marks[key].person)
                self._notes.add("Two users of Canvas are this student: left as they are", who, True)
        for student in self._request.students:
            if student.person.active and student.person.key not in found:
                self._notes.add("Students who are not in Canvas", called(student.person), True)
        tell_gone(self._request, found, self._notes)
        return {users[0]: marks[key] for key, users in found.items() if len(users) == 1}

    def _rows(
        self,
        room: Room,
        assignment: records.Assignment,
        target: Target,
        users: Mapping[int, StudentMarks],
    ) -> list[Row]:
        worth = points_in(self._request, self._counting, assignment, target, self._notes)
        if worth is None:
            return []
        there = self._submissions(assignment)
        place = f"canvas: course {self._asked.number}, assignment {assignment.id}"
        journal: dict[str, list[Push]] = {}
        for entry in self._book.pushes(place):
            journal.setdefault(entry.student, []).append(entry)
        commented = self._commented(target)
        rows = []
        for user, student in sorted(users.items(), key=lambda each: called(each[1].person)):
            who, key = called(student.person), student.person.key
            cell = self._counting.cell(student, target)
            tell_marks(student, self._counting.units(target), self._notes)
            if self._counting.is_of_nobody(cell, target):
                self._notes.add(NOBODY, target.title)
                continue
            if cell.share is None:
                line = f"{who}, {target.title}: {cell.why}"
                self._notes.add("Not graded, left as they are", line, cell.is_waiting)
                continue
            value = rounded(cell.share * Fraction(worth))
            tell_cell(Slot(0, 0, student, target, worth), cell, value, self._notes)
            found = there.get(user)
            row = Row(
                key, who, user, assignment.id, assignment.label, place, value, text_of(found),
                decided(
                    found, value, journal.get(key, ()), overwrite=self._asked.overwrite,
                    is_cut=self._is_cut(found),
                ),
                status="none" if self._is_late(found) else "",
                comment=self._comment(student, commented),
            )  # fmt: skip
            rows.append(row)
        if assignment.is_graded_by_group:
            sets = assignment.group_category_id
            rows = uniform(rows, [room.members[g] for g, own in room.sets.items() if own == sets])
        return rows

    def _submissions(self, assignment: records.Assignment) -> dict[int, records.Submission]:
        if assignment.anonymize_students:
            raise UsageError(
                f"{printable(assignment.label)} is graded anonymously, so Canvas does not say "
                "whose mark is whose. Switch that off in Canvas first."
            )
        what = f"the marks of {assignment.label}"
        path = f"courses/{self._asked.number}/assignments/{assignment.id}/submissions"
        found = self._api.list(path, records.Submission, what)
        return {each.user_id: each for each in found if each.user_id is not None}

    # --- lateness -----------------------------------------------------------------------------

    def _is_cut(self, submission: records.Submission | None) -> bool:
        """Whether Canvas has taken off for lateness what the number has lost already."""
        taken = submission.points_deducted if submission is not None else None
        return self._request.late == "wxb" and bool(taken)

    def _is_late(self, submission: records.Submission | None) -> bool:
        """Whether Canvas would take off for lateness what the number has lost already."""
        if submission is None or self._request.late != "wxb":
            return False
        takes = self._policy.late_submission_deduction_enabled
        takes = takes and self._policy.late_submission_deduction > 0
        is_late = bool(submission.late) or submission.late_policy_status == "late"
        return (takes and is_late) or self._is_cut(submission)

    def _refuse_twice(self, rows: Sequence[Row]) -> None:
        """Switch Canvas's lateness off for those who are late, if a person said whose counts.

        Raises:
            UsageError: nobody said.
        """
        late = [row for row in rows if row.status and row.verdict.action != "stays"]
        if not late:
            return
        if self._asked.late is None:
            some = ", ".join(dict.fromkeys(printable(row.student) for row in late[:3]))
            more = ", …" if len(late) > 3 else ""
            raise UsageError(
                "Lateness would be taken twice: the marks have lost what course.yaml takes, and "
                f"Canvas's late policy takes its own from {some}{more}. Say whose counts: --late "
                "wxb (these students' lateness is then switched off in Canvas) or --late lms."
            )
        for row in late:
            self._notes.add(
                "Late in Canvas, whose own lateness is switched off for them",
                f"{row.name}, {row.label}",
            )

    # --- comments -----------------------------------------------------------------------------

    def _commented(self, target: Target) -> Unit | None:
        """The unit that comments are to be about; None where there are none to be."""
        if not self._asked.comments or not isinstance(target, Unit):
            return None
        active = [student for student in self._request.students if student.person.active]
        stands = standing(target, active, self._request.now)
        if stands.open_for:
            self._notes.add(
                "Comments wait: these can still hand in what others would read about",
                f"{target.id}: {', '.join(stands.open_for[:5])}",
            )
            return None
        return target

    def _comment(self, student: StudentMarks, unit: Unit | None) -> str:
        if unit is None or not has_work(student, unit):
            return ""
        text = text_for(self._request.course, student, unit, self._result).strip()
        if len(text) > _COMMENT:
            text = f"{text[:_COMMENT].rstrip()}\n\n… the rest is too long for a comment."
        return text
