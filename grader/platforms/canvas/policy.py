"""What Canvas does by itself to marks, and what follows for writing them.

- Points: a mark is written out of the assignment's points; other points than the course's are
  scaled only where that was asked for. A number is rounded once, to two decimals, half up.
- Lateness: Canvas's late policy takes percents off what was given, for whoever it has as late. It
  is taken once: by wxb, and then those students' lateness is switched off in Canvas, or by Canvas.
- Posting: students see a mark at once, or when grades are posted.
- Groups: a mark for one member becomes that of the group, unless each is graded individually.
"""

from __future__ import annotations

from decimal import Decimal

from grader.classroom.exports.cells import Counting, worth
from grader.classroom.exports.columns import Target
from grader.classroom.exports.export import Clock, Request
from grader.classroom.exports.filling import Notes
from grader.errors import UsageError
from grader.handin.text import printable
from grader.platforms.canvas import records
from grader.platforms.canvas.api import Api, Missing, Refused
from grader.report.words import points

__all__ = ["late_policy", "points_in", "refuse_kind", "tell_policy"]

#: Kinds of grading that take any number of points.
_POINTS = frozenset({"points", "percent", "letter_grade", "gpa_scale"})


def refuse_kind(assignment: records.Assignment) -> None:
    """Refuse an assignment that takes no points, or hides whose they are.

    Raises:
        UsageError: it is one; the message says what to change.
    """
    kind = assignment.grading_type or "points"
    label = printable(assignment.label)
    if kind not in _POINTS:
        raise UsageError(
            f"{label} is graded as {kind.replace('_', ' ')}, which takes no points: in Canvas, set "
            "“Display Grade as” to points."
        )
    if assignment.moderated_grading and not assignment.grades_published:
        raise UsageError(f"{label} is moderated: Canvas takes marks once its grades are released.")


def points_in(
    request: Request,
    counting: Counting,
    assignment: records.Assignment,
    target: Target,
    notes: Notes,
) -> Decimal | None:
    """What all of a unit is worth in Canvas; None where nothing of it is due and graded yet.

    Raises:
        UsageError: that is not what it is worth in the course, and it is not to be scaled.
    """
    units, label = counting.units(target), assignment.label
    if not units:
        notes.add("No unit of the course is due and graded yet: left as it is", label)
        return None
    own, there = worth(units), assignment.points_possible
    if there is None or there == own:
        return own
    if request.scale and there > 0:
        line = f"{label}: {points(own)} points of the course are {points(there)}"
        notes.add("Scaled to Canvas's points", line)
        return there
    raise UsageError(
        f"{printable(label)} has {points(there)} points in Canvas, and "
        f"{', '.join(unit.id for unit in units)} has {points(own)}. Change it in Canvas, or let "
        "marks be scaled with --scale."
    )


def late_policy(api: Api, course: int, notes: Notes) -> records.LatePolicy:
    """What Canvas takes off by itself; where it has no policy, nothing."""
    try:
        what = f"the late policy of course {course}"
        found = api.get(f"courses/{course}/late_policy", records.LatePolicyAnswer, what)
    except Missing:
        return records.LatePolicy()
    except Refused as error:
        notes.add(
            "Whether Canvas takes off for lateness by itself is not known", str(error), person=True
        )
        return records.LatePolicy()
    return found.late_policy


def tell_policy(policy: records.LatePolicy, clock: Clock, notes: Notes) -> None:
    """Say whose lateness is in the marks, and what Canvas does."""
    takes = policy.late_submission_deduction_enabled and policy.late_submission_deduction > 0
    percent = f"{points(policy.late_submission_deduction)} % for each "
    percent += policy.late_submission_interval
    if clock == "lms" and takes:
        notes.add(f"Lateness: none is in the numbers; Canvas takes {percent} itself")
    elif clock == "lms":
        notes.add("Lateness: none is in the numbers, and Canvas takes nothing either", person=True)
    else:
        notes.add("Lateness: course.yaml's is in the numbers")
    if policy.missing_submission_deduction_enabled:
        notes.add("Canvas gives marks for missing work by itself; these are replaced")
