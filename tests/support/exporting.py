"""A class as exports see it: marks of five students, without a database; and how LMSs read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from grader.classroom.attempt import Attempt
from grader.classroom.exports.export import Notice, Request, Written
from grader.classroom.gradebook.marks import Ledger, marks
from grader.classroom.gradebook.values import Adjustment, Submission, Verdict
from grader.classroom.people import Person
from grader.course.outline import Course
from grader.report.model import ExerciseResult
from support.gradebooks import (
    ANGLE,
    DAY,
    DOE,
    DOUBLE,
    DUE,
    HOUR,
    LENGTH,
    ROE,
    attempt,
    course,
    result,
)

#: After the first unit was due, before the second one is.
NOW = DUE + DAY
ZOE = Person("zoe", "Zoë Ångström", aliases={"canvas": "103", "sis": "S3", "login": "zoe3"})
EVIL = Person("evil", '=HYPERLINK("x")', "@sum", "-1", aliases={"canvas": "104"})
NEW = Person("new", "Nia New", "nia@example.org", aliases={"canvas": "105"})
CLASS = (DOE, ROE, ZOE, EVIL, NEW)
GOLDEN = Path(__file__).parents[1] / "grader" / "classroom" / "exports" / "golden"

HandIn = tuple[Attempt, Sequence[ExerciseResult]]
HANDED_IN: tuple[HandIn, ...] = (
    (attempt("doe"), [result(LENGTH), result(DOUBLE, test_one="failed")]),
    (attempt("roe", at=DUE + 3 * HOUR), [result(LENGTH, test_one="skipped"), result(DOUBLE)]),
    (attempt("zoe"), [result(LENGTH, test_one="failed", test_two="failed"),
                      result(DOUBLE, test_one="failed")]),
    (attempt("evil", late=True), [result(LENGTH, test_two="grader_fault"),
                                  result(DOUBLE, test_one="failed")]),
)  # fmt: skip


def request(
    handed_in: Sequence[HandIn] = HANDED_IN,
    people: Sequence[Person] = CLASS,
    entries: Sequence[Adjustment] = (),
    taught: Course | None = None,
    now: datetime = NOW,
    **others: Any,
) -> Request:
    """What is to be exported of a class; an export's options are `others`."""
    submissions: list[Submission] = []
    verdicts: list[Verdict] = []
    for number, (one, judged) in enumerate(handed_in, 1):
        students = tuple(dict.fromkeys((one.student, *one.team)))
        submissions.append(
            Submission(
                number, students, one.number, one.source, one.origin, one.digest, one.unit, one.at,
                one.late, one.at or DUE,
            )
        )  # fmt: skip
        for found in judged:
            tests = {test.id: test.outcome for test in found.tests}
            verdicts.append(
                Verdict(
                    number, found.id, 10 * number + len(verdicts), found.outcome, found.sources,
                    found.suite, False, "always", "", DUE, tests,
                )
            )  # fmt: skip
    ledger = Ledger({each.key: each for each in people}, submissions, verdicts, entries)
    taught = taught or course()
    return Request(taught, tuple(marks(taught, ledger, ledger.people)), now, **others)


def excused(student: str, exercise: str, number: int = 1) -> Adjustment:
    return Adjustment(number, "excuse", "me", DUE, "pneumonia", student, exercise=exercise)


def given(student: str, exercise: str, points: str, number: int = 1) -> Adjustment:
    return Adjustment(
        number, "override", "me", DUE + DAY, "why", student, exercise=exercise,
        points=Decimal(points),
    )  # fmt: skip


def extended(student: str, days: int, number: int = 1) -> Adjustment:
    return Adjustment(number, "extend", "me", DUE, "pneumonia", student, by=timedelta(days=days))


def all_units(student: str = "doe") -> list[HandIn]:
    """Work in both units."""
    second = attempt(student, 2, "02_b")
    return [*HANDED_IN, (second, [result(ANGLE, test_one="failed")])]


def told(written: Written, heading: str) -> Notice:
    """The one notice whose heading has these words."""
    [found] = [notice for notice in written.notices if heading in notice.heading]
    return found


# --- as the LMS reads it back -------------------------------------------------------------------


def canvas_reads(data: bytes) -> dict[str, dict[str, str]]:
    """Student's id -> assignment's id or title -> score, as Canvas's importer has it.

    The delimiter is looked for in three lines; ignored are totals, `(read only)` and rows without
    an id; a student is found by ID alone here.
    """
    text = data.decode("utf-8-sig")
    sample = "\n".join(text.splitlines()[:3])
    delimiter = ";" if sample.count(";") > sample.count(",") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header, body = rows[0], rows[1:]
    points = next((row for row in body if row and row[0].strip() == "Points Possible"), [])
    start = header.index("Section") + 1
    found: dict[str, dict[str, str]] = {}
    for row in body:
        if len(row) < 2 or not row[1].isdigit():
            continue
        found[row[1]] = {
            title: row[n] if n < len(row) else ""
            for n, title in enumerate(header)
            if n >= start and not (n < len(points) and points[n] == "(read only)")
        }
    return found


def moodle_takes(data: bytes) -> dict[str, str]:
    """Identifier -> grade, of the rows that Moodle's importer does not skip."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    found = {}
    for row in rows:
        grade = row["Grade"].replace(",", ".")
        if not grade or row["Grade can be changed"] == "No":
            continue
        if 0 < Decimal(grade) <= Decimal(row["Maximum grade"].replace(",", ".")):
            found[row["Identifier"]] = row["Grade"]
    return found
