"""What `grade pack` made: the unit is in it, the student's name is the file's."""

from __future__ import annotations

import pytest

from grader.classroom.collected import counting, read_attempts, read_class
from grader.classroom.intake.pack import owner_of
from support.collecting import Class, Put
from support.lms import ARITHMETIC, MAGNITUDE, packed


@pytest.mark.parametrize(
    ("stem", "owner"),
    [
        ("jdoe", "jdoe"), ("handin", ""), ("handin_01_vectors", ""), ("handin (2)", ""),
        ("jdoe_handin", "jdoe"), ("handin_jdoe", "jdoe"), ("jdoe-1", "jdoe"),
        ("Ann Lee - handin_01_vectors", "Ann Lee"),
    ],
)  # fmt: skip
def test_whose_a_pack_is(stem: str, owner: str) -> None:
    assert owner_of(stem) == owner
    assert owner_of(stem, ["01_vectors", "02_dot_product"]) == owner


def test_the_units_tell_where_a_name_begins() -> None:
    assert owner_of("handin_01_vectors_jdoe", ["01_vectors"]) == "jdoe"


def test_a_folder_of_packs(room: Class, put: Put) -> None:
    first = packed("01_vectors", {"magnitude.py": MAGNITUDE})
    put("c/jdoe.zip", first)
    put("c/roe.zip", packed("", {"magnitude.py": MAGNITUDE, "angle.py": b"def angle(): 1"}))
    room.collect(put("c/handin.zip", packed("", {"magnitude.py": ARITHMETIC})).parent)
    assert room.summary.sources[0].kind == "pack"
    assert {key: (a.source, a.unit) for key, a in room.attempts.items()} == {
        "jdoe": ("pack", "01_vectors"),
        "roe": ("pack", None),
    }
    assert room.attempts["roe"].units == ("01_vectors", "02_dot_product")
    assert (room.root / "work/jdoe/0001/files/jdoe.zip").read_bytes() == first
    assert room.summary.unmatched == 1


def test_one_pack_for_each_unit_and_each_counts(room: Class, put: Put) -> None:
    """What is handed in for one unit takes nothing from another."""
    room.collect(put("1/jdoe.zip", packed("01_vectors", {"magnitude.py": MAGNITUDE})))
    room.collect(put("2/jdoe.zip", packed("02_dot_product", {"angle.py": b"def angle(): 1"})))

    about, people, attempts = read_class(room.root)
    assert [(a.unit, a.number, a.picked) for a in attempts] == [
        ("01_vectors", 1, True),
        ("02_dot_product", 1, True),
    ]
    decided = counting(about, people, read_attempts(room.root))
    assert {unit: a[-1].folder for unit, a in decided["jdoe"].items()} == {
        "01_vectors": "work/jdoe/0001",
        "02_dot_product": "work/jdoe/0002",
    }
