"""Text that others wrote: shown, it does nothing but be read."""

from __future__ import annotations

import json

import pytest

from grader.report.safe import escaped, safe, without_marks

#: Marks of direction, and ends of lines that are none.
MARKS = [*"\u061c\u200e\u200f\u2028\u2029", *map(chr, range(0x202A, 0x202F)),
         *map(chr, range(0x2066, 0x206A))]  # fmt: skip


def test_text_cannot_steer_a_terminal() -> None:
    assert safe("a\tb\nc") == "a\tb\nc"
    assert safe("a\r\nb\rc") == "a\nb\nc"
    assert safe("\x1b[31mred\x07\x7f") == "␛[31mred␇␡"
    assert safe("\x9b2J\u202etxt\u2066") == "\ufffd2J\ufffdtxt\ufffd"


@pytest.mark.parametrize("mark", MARKS)
def test_no_mark_of_direction_is_left(mark: str) -> None:
    assert safe(f"a{mark}b") == without_marks(f"a{mark}b") == "a\ufffdb"
    document = json.dumps({"title": f"a{mark}b"}, ensure_ascii=False)
    assert mark not in escaped(document)
    assert json.loads(escaped(document)) == json.loads(document)


def test_languages_stay_as_they_are() -> None:
    for text in ("Größe", "вектор", "שלום", "向量", "👩\u200d🏫", "می\u200cخواهم"):
        assert safe(text) == without_marks(text) == text
