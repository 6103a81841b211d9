from __future__ import annotations

import msgspec

from grader.classroom.attempt import Attempt
from grader.classroom.people import Person, folded


def test_names_are_compared_without_case_blanks_or_composition() -> None:
    assert folded("Zoë  O'Neil") == folded("ZOE\N{COMBINING DIAERESIS} o’neil")
    assert folded("李 小龍") == "李小龍"
    assert folded("Ann Lee") != folded("Anna Lee")


def test_an_attempt_is_the_same_after_it_was_written_and_read() -> None:
    attempt = Attempt("doe", 2, "canvas", "a.zip: doe.py", "00", late=True, team=("doe", "roe"))
    assert msgspec.json.decode(msgspec.json.encode(attempt), type=Attempt) == attempt
    person = Person("doe", "Jane Doe", aliases={"canvas": "101"})
    assert msgspec.json.decode(msgspec.json.encode(person), type=Person) == person
