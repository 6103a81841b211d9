"""Invitations are hashed, end, and are taken back; the log tells who did what."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.office import Noted
from grader.classroom.gradebook.values import Adjustment
from grader.errors import UsageError
from support.gradebooks import DAY, DOE, ROE, attempt, result

Open = Callable[..., Gradebook]
NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)


def test_a_token_opens_the_pages_until_it_expires_or_is_taken_back(book: Gradebook) -> None:
    now = [NOW]
    book.office._now = lambda: now[0]
    token, made = book.office.invite("grader", "Ann", NOW + DAY, who="me", sections=("Tuesday",))
    assert (made.role, made.name, made.sections) == ("grader", "Ann", ("Tuesday",))
    assert made.covers(DOE)  # whatever the case
    assert not made.covers(ROE)
    assert book.office.invited(token) == made
    assert book.office.invited(token[:-1]) is None
    assert book.office.invited("") is None
    now[0] = NOW + DAY
    assert book.office.invited(token) is None
    now[0] = NOW
    book.office.revoke(made.id, who="me")
    assert book.office.invited(token) is None
    assert [line.action for line in book.office.log()[0]] == ["revoke", "invite"]
    book.office.revoke(made.id, who="me")  # twice is once
    assert book.office.log()[1] == 2


def test_no_token_is_in_the_gradebook(open_book: Open, tmp_path: object) -> None:
    with open_book() as book:
        token, _ = book.office.invite("viewer", "Bob", datetime.now(UTC) + DAY, who="me")
        file = book._database.place.file
        if file is None:
            assert token not in repr(book.office.invitations())
            return
    with closing(sqlite3.connect(file)) as connection:
        assert token not in "".join(connection.iterdump())


@pytest.mark.parametrize(
    ("role", "name", "until", "sections", "said"),
    [
        ("owner", "Ann", DAY, ("a",), "An owner cannot be limited"),
        ("grader", "  ", DAY, (), "Who is invited?"),
        ("viewer", "Ann", -DAY, (), "expired already"),
    ],
)
def test_what_cannot_be_invited(
    book: Gradebook, role: str, name: str, until: timedelta, sections: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        book.office.invite(role, name, datetime.now(UTC) + until, who="me", sections=sections)  # type: ignore[arg-type]
    assert book.office.invitations() == []
    with pytest.raises(UsageError, match="no invitation 7"):
        book.office.revoke(7, who="me")


def test_an_entry_and_its_line_of_the_log_are_one(book: Gradebook) -> None:
    book.import_roster([DOE, ROE])
    entry = Adjustment(0, "excuse", "Ann", NOW, "ill", student="doe", exercise="length")
    book.adjust([entry], Noted("Ann", "grader", "excuse", "length", "doe"))
    [line], total = book.office.log()
    assert (line.who, line.role, line.student, total) == ("Ann", "grader", "doe", 1)
    unknown = Adjustment(0, "excuse", "Ann", NOW, "ill", student="nobody", exercise="length")
    with pytest.raises(IntegrityError):
        book.adjust([unknown], Noted("Ann", "grader", "excuse", "length", "doe"))
    assert book.office.log()[1] == 1


def test_the_last_who_looks_into_it_holds(book: Gradebook) -> None:
    number = book.settle(attempt(), [result()])
    line = Noted("Ann", "grader", "assign", "length", "doe")
    book.office.assign(number, "length", "Bob", by=line)
    book.office.assign(number, "length", "Ann", by=line)
    assert book.office.assigned()[number, "length"].to == "Ann"
    book.office.assign(number, "length", "", by=line)
    assert book.office.assigned() == {}
    book.office.assign(number, "length", "Ann", by=line)
    book.erase("doe")
    assert book.office.assigned() == {}
    assert book.office.log() == ([], 0)


def test_pseudonyms_are_made_with_the_same_for_ever(open_book: Open) -> None:
    secret = open_book().office.secret()
    assert len(secret) == 32
    assert open_book().office.secret() == secret
