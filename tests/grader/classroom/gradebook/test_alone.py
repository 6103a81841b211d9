"""What only one at a time may do on a gradebook."""

from __future__ import annotations

import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.errors import UsageError
from support.bookfixtures import Open
from support.gradebooks import course
from support.postgres import Server


def test_a_second_one_is_refused_until_the_first_has_ended(open_book: Open) -> None:
    first, second = open_book(), open_book()
    with first.alone("grade push"):
        with (
            pytest.raises(UsageError, match=r"Another grade push is at work with .*; wait for it"),
            second.alone("grade push"),
        ):
            raise AssertionError("never reached")
        assert first.people() == second.people() == {}, "all else goes on"
    with second.alone("grade push"):
        pass
    with pytest.raises(ZeroDivisionError), first.alone("grade push"):
        1 / 0  # noqa: B018
    with second.alone("grade push"):
        pass


def test_gradebooks_in_one_database_do_not_wait_for_each_other(server: Server) -> None:
    with (
        Gradebook(course(), server.new()) as one,
        Gradebook(course(), server.new()) as other,
        one.alone("grade push"),
        other.alone("grade push"),
    ):
        assert one.people() == other.people() == {}
