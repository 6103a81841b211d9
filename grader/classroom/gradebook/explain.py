"""Why a mark is what it is, line by line: the same values that the mark was made of.

Pure functions; words for people. A reason that a person gave is put in by whoever may read it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal

import msgspec

from grader.classroom import policy
from grader.classroom.gradebook.marks import Mark, StudentMarks
from grader.classroom.gradebook.values import Adjustment, is_for
from grader.course.outline import Course, Unit
from grader.report.words import LOOK, plural, points

__all__ = ["Step", "explain", "length", "moment"]

#: An entry -> why, for whoever may read it.
Why = Callable[[Adjustment], str]


class Step(msgspec.Struct, frozen=True):
    """One line: what is said, what it changed or came to, and whether it is a part of a sum."""

    text: str
    points: str = ""
    part: bool = False


def moment(time: datetime, zone: tzinfo | None = None) -> str:
    """A time to the second, in a zone."""
    return time.astimezone(zone or time.tzinfo).isoformat(" ", "seconds")


def length(span: timedelta) -> str:
    """A length of time in words: `2 d 3 h 1 s`."""
    seconds = span // timedelta(seconds=1)
    parts = [(seconds // 86400, "d"), (seconds // 3600 % 24, "h"), (seconds // 60 % 60, "min")]
    parts.append((seconds % 60, "s"))
    words = " ".join(f"{count} {unit}" for count, unit in parts if count)
    return words or ("less than 1 s" if span else "no time")


def explain(
    course: Course,
    student: StudentMarks,
    mark: Mark,
    entries: list[Adjustment],
    why: Why = lambda entry: entry.why,
    read: Sequence[str] = (),
) -> list[Step]:
    """The lines of one mark; the last one is the mark.

    Args:
        read: how what was handed in was read, in sentences.
    """
    unit = course.unit(mark.unit)
    assert unit is not None
    by_id = {entry.id: entry for entry in entries}
    steps = _dates(unit, student, entries, why)
    steps += _attempts(course, student, mark)
    steps += map(Step, read)
    steps += [_line(each.test, each.outcome, each.earned, each.possible, each.void is not None)
              for each in mark.lines]  # fmt: skip
    for void in dict.fromkeys(line.void for line in mark.lines if line.void is not None):
        steps.append(Step(f"{by_id[void].test} is void{_by(by_id[void], why)}"))
    if mark.lines:
        steps.append(Step("together", f"{points(mark.before)} of {points(_possible(mark))}"))
    steps += _late(course, mark)
    if mark.entry is not None:
        entry = by_id[mark.entry]
        words = "excused" if entry.kind == "excuse" else "override"
        given = "" if entry.points is None else points(entry.points)
        steps.append(Step(f"{words}{_by(entry, why)}", given))
        if mark.newer:
            steps.append(Step("something was handed in after that: does it still hold?"))
    if mark.stale:
        steps.append(Step("course.yaml has tests that were not there then: grade it again"))
    return [*steps, Step("mark", _total(mark))]


def _possible(mark: Mark) -> Decimal:
    return sum((line.possible for line in mark.lines), Decimal(0))


def _total(mark: Mark) -> str:
    if mark.state in ("missing", "excused"):
        return "none"
    return f"{points(mark.earned)} of {points(mark.possible)}"


def _by(entry: Adjustment, why: Why) -> str:
    reason = why(entry)
    return f", by {entry.who} on {entry.at:%Y-%m-%d}" + (f": {reason}" if reason else "")


def _dates(unit: Unit, student: StudentMarks, entries: list[Adjustment], why: Why) -> list[Step]:
    """When it is due for this student, and which extensions moved that."""
    dates = student.dates[unit.id]
    if dates.due is None and dates.closes is None:
        return []
    told = [f"due {moment(dates.due)}"] if dates.due is not None else []
    told += [f"closes {moment(dates.closes)}"] if dates.closes is not None else []
    first = policy.deadline(unit, student.person.section)
    steps = [Step(", ".join(told))]
    if dates != first:
        moved = [
            entry
            for entry in entries
            if entry.kind == "extend"
            and entry.taken_back is None
            and entry.unit in ("", unit.id)
            and is_for(entry, student.person)
        ]
        was = f"before {moment(first.due)}" if first.due is not None else "before"
        steps += [Step(f"{was}, extended {_more(entry)}{_by(entry, why)}") for entry in moved]
    return steps


def _more(entry: Adjustment) -> str:
    return (
        f"until {moment(entry.until)}" if entry.until else f"by {length(entry.by or timedelta())}"
    )


def _attempts(course: Course, student: StudentMarks, mark: Mark) -> list[Step]:
    if mark.state == "missing" or (not mark.attempts and mark.submission is None):
        return [Step("nothing was handed in for it")]
    steps = []
    counted = course.attempts.counted
    first = "only the first does" if counted == 1 else f"only the first {counted} do"
    for number, reason in mark.refused.items():
        because = {"closed": "it came after the closing time", "too many": first}[reason]
        steps.append(Step(f"attempt {number} does not count: {because}"))
    if mark.submission is None:
        return steps
    due = student.dates[mark.unit].due
    zone = None if due is None else due.tzinfo
    when = "at an unknown time" if mark.at is None else moment(mark.at, zone)
    chosen = "the only one"
    if mark.attempts > 1:
        chosen = f"of {mark.attempts} the last that counts and has work in it"
        if course.attempts.choose == "best":
            chosen = f"of {mark.attempts} the best after lateness"
    steps.append(Step(f"attempt {mark.attempt} decides, {chosen}, handed in {when}"))
    return steps


def _line(test: str, outcome: str, earned: Decimal, possible: Decimal, void: bool) -> Step:
    words = "passed" if outcome == "passed" else LOOK[outcome].words or outcome  # type: ignore[index]
    if void:
        return Step(f"{test}: {words}, given to all", points(earned), True)
    if not possible:
        return Step(f"{test}: {words}, not counted", "0 of 0", True)
    value = points(earned) if earned == possible else f"{points(earned)} of {points(possible)}"
    return Step(f"{test}: {words}", value, True)


def _late(course: Course, mark: Mark) -> list[Step]:
    cost, rules = mark.lateness, course.late
    steps = []
    if cost.over and mark.submission is not None:
        words = [f"{length(cost.over)} late"]
        if cost.over <= rules.grace:
            words.append(f"within the grace of {length(rules.grace)}")
        elif rules.grace:
            words.append(f"grace {length(rules.grace)}")
        if cost.days:
            words.append(f"{plural(cost.days, 'late day')} of {rules.budget} used")
        if cost.periods:
            share = f"{cost.lost * 100:f}".rstrip("0").rstrip(".") or "0"
            words.append(f"{plural(cost.periods, 'period')} of {length(rules.every)} begun")
            words.append(f"{share}% lost" + (", the most" if cost.lost == rules.at_most else ""))
        lost = mark.before * cost.lost
        steps.append(Step(", ".join(words), f"-{points(lost)}" if lost else ""))
    if mark.differs:
        theirs = "late" if mark.late else "not late"
        steps.append(Step(f"where it was handed in, it is marked as {theirs}"))
    return steps
