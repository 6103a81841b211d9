"""What Canvas answers, as values: the fields that wxb reads, all others are ignored.

From lib/api/v1/{assignment,assignment_override,attachment,submission,user}.rb of canvas-lms.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import msgspec

__all__ = [
    "Assignment",
    "Attachment",
    "Comment",
    "Enrollment",
    "Group",
    "LatePolicy",
    "LatePolicyAnswer",
    "Override",
    "Section",
    "Submission",
    "User",
]

Time = datetime.datetime | None


class Enrollment(msgspec.Struct, frozen=True):
    """One role of a user: `StudentEnrollment`, `StudentViewEnrollment` (the test student), …"""

    type: str = ""
    course_section_id: int | None = None


class User(msgspec.Struct, frozen=True):
    """A person; SIS id, login and address are there only for who may see them."""

    id: int
    name: str | None = None
    sortable_name: str | None = None
    sis_user_id: str | int | None = None
    login_id: str | int | None = None
    email: str | None = None
    enrollments: list[Enrollment] = []


class Section(msgspec.Struct, frozen=True):
    """A section of a course."""

    id: int
    name: str | None = None


class Group(msgspec.Struct, frozen=True):
    """A group of students, in one set of groups."""

    id: int
    name: str | None = None
    group_category_id: int | None = None


class Assignment(msgspec.Struct, frozen=True):
    """An assignment, with its own dates and not those of the user who asks."""

    id: int
    name: str | None = None
    points_possible: Decimal | None = None
    grading_type: str | None = "points"
    due_at: Time = None
    lock_at: Time = None
    post_manually: bool | None = False
    group_category_id: int | None = None
    grade_group_students_individually: bool | None = False
    anonymize_students: bool | None = False
    moderated_grading: bool | None = False
    grades_published: bool | None = True
    published: bool | None = True

    @property
    def label(self) -> str:
        """As a column of Canvas's gradebook is called."""
        return f"{self.name or 'without a name'} ({self.id})"

    @property
    def is_graded_by_group(self) -> bool:
        """Whether a mark for one member becomes that of the whole group."""
        return self.group_category_id is not None and not self.grade_group_students_individually


class Override(msgspec.Struct, frozen=True):
    """Other dates for some students. A date that is not there at all is not overridden."""

    id: int
    title: str | None = None
    student_ids: list[int] | None = None
    group_id: int | None = None
    course_section_id: int | None = None
    due_at: Time | msgspec.UnsetType = msgspec.UNSET
    lock_at: Time | msgspec.UnsetType = msgspec.UNSET


class Attachment(msgspec.Struct, frozen=True):
    """A file; `url` is empty where it is locked for who asks."""

    id: int
    display_name: str | None = None
    filename: str | None = None
    url: str | None = None
    size: int | None = None


class Comment(msgspec.Struct, frozen=True):
    """A comment on a submission."""

    id: int
    author_id: int | None = None
    comment: str | None = None


class Submission(msgspec.Struct, frozen=True):
    """A student's submission, or one of its earlier attempts (`submission_history`).

    Args:
        score: what counts; `entered_score` is what it was before Canvas's late policy.
        grader_id: who gave the mark; negative or missing where no person did.
        graded_at: as Canvas writes it, to be compared.
    """

    user_id: int | None = None
    attempt: int | None = None
    submitted_at: Time = None
    submission_type: str | None = None
    body: str | None = None
    url: str | None = None
    late: bool | None = None
    seconds_late: float | None = None
    late_policy_status: str | None = None
    points_deducted: Decimal | None = None
    score: Decimal | None = None
    entered_score: Decimal | None = None
    excused: bool | None = None
    grader_id: int | None = None
    graded_at: str | None = None
    posted_at: str | None = None
    workflow_state: str | None = None
    attachments: list[Attachment] | None = None
    submission_history: list[Submission] | None = None
    submission_comments: list[Comment] | None = None

    @property
    def entered(self) -> Decimal | None:
        """What somebody gave, before Canvas takes off anything; None where nobody did."""
        return self.entered_score if self.entered_score is not None else self.score


class LatePolicy(msgspec.Struct, frozen=True):
    """What Canvas takes off by itself, in percent of the points."""

    late_submission_deduction_enabled: bool = False
    late_submission_deduction: Decimal = Decimal(0)
    late_submission_interval: str = "day"
    missing_submission_deduction_enabled: bool = False


class LatePolicyAnswer(msgspec.Struct, frozen=True):
    """`GET /courses/:id/late_policy`."""

    late_policy: LatePolicy
