"""Our own JSON."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from grader.classroom.exports.document import write
from grader.errors import UsageError
from support.exporting import GOLDEN, excused, request


def test_the_document() -> None:
    found = write(request(entries=[excused("doe", "double")]))
    assert found.data == (GOLDEN / "marks.json").read_bytes()


def test_numbers_are_exact_and_nobody_is_told_why() -> None:
    data = write(request(entries=[excused("doe", "double")])).data
    doe = json.loads(data, parse_float=Decimal)["students"][0]
    assert doe["units"][0]["mark"] == Decimal("3.5")
    assert b"pneumonia" not in data


def test_it_has_all_columns() -> None:
    with pytest.raises(UsageError, match="`grade export json` fills no sheet"):
        write(request(columns=(("A", "01_a"),)))
