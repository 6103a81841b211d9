"""The journal of what other systems have: begun, seen, per place; gone with its student."""

from __future__ import annotations

from datetime import UTC, datetime

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.values import Push
from support.gradebooks import DOE, ROE

NOW = datetime(2027, 2, 1, tzinfo=UTC)


def test_an_entry_is_begun_and_seen(book: Gradebook) -> None:
    book.import_roster([DOE, ROE])
    first = book.begin_push(Push("doe", "there/1", "grade", "2.50", "ada", NOW))
    book.begin_push(Push("roe", "there/2", "comment", "digest", "ada", NOW))
    [entry] = book.pushes("there/1")
    assert (entry.id, entry.value, entry.seen, entry.at) == (first, "2.50", None, NOW)
    book.see_push(first, "")
    assert book.pushes("there/1")[0].seen == ""
    assert book.pushes("elsewhere") == []


def test_a_student_takes_theirs_along(book: Gradebook) -> None:
    book.import_roster([DOE, ROE])
    book.begin_push(Push("doe", "there", "grade", "2.50", "ada", NOW))
    book.begin_push(Push("roe", "there", "grade", "1.00", "ada", NOW))
    assert [each["value"] for each in book.export("doe")["pushes"]] == ["2.50"]
    book.erase("doe")
    assert [entry.student for entry in book.pushes("there")] == ["roe"]
