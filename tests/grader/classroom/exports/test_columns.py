"""Which column is for what."""

from __future__ import annotations

import pytest

from grader.classroom.exports.columns import about, ours
from grader.errors import UsageError
from support.gradebooks import course


@pytest.mark.parametrize("text", ["01_a", "A", " a ", "Ａ", "01_A"])
def test_a_unit_is_meant_by_its_title_or_its_id(text: str) -> None:
    taught = course()
    assert about(taught, text) is taught.units[0]


def test_the_course_is_meant_by_its_title_alone() -> None:
    taught = course()
    assert about(taught, "tiny") is taught
    assert about(taught, "course") is None


def test_a_title_with_canvas_id_or_another_number_in_it() -> None:
    taught = course()
    assert ours(taught, {5: "A (4711)", 6: "AB (1)", 7: "B (2027)"}, ()) == {
        5: taught.units[0],
        7: taught.units[1],
    }


def test_what_a_person_says_holds_over_what_titles_say() -> None:
    taught = course()
    found = ours(taught, {5: "A (4711)", 6: "Essay (1)"}, (("Essay", "01_a"),))
    assert found == {6: taught.units[0]}


def test_two_headers_that_were_typed_alike_need_their_ids() -> None:
    with pytest.raises(
        UsageError, match=r"title of 2 columns; name one with its id, e\.g\. 'X \(1\)'"
    ):
        ours(course(), {5: "X (1)", 6: "X (2)"}, (("X", "01_a"),))
