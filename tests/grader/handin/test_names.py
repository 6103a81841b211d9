"""Names of files, as systems change them."""

from __future__ import annotations

import pytest

from grader.handin.names import copy_number, kind_of, original, stem, uncopied


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("a/magnitude.py", "py", "magnitude"),
        ("magnitude.PY", "py", "magnitude"),
        ("magnitude.py.txt", "py", "magnitude"),
        ("work.ipynb.json", "ipynb", "work"),
        ("work.IPYNB.TXT", "ipynb", "work"),
        ("jane.doe.py", "py", "jane.doe"),
        ("notes.txt", "", "notes"),
        ("magnitude.pyc", "", "magnitude"),
        (".py", "", ".py"),
        ("magnitude", "", "magnitude"),
    ],
)
def test_what_a_file_is_by_its_name(name: str, kind: str, found: str) -> None:
    assert (kind_of(name), stem(name)) == (kind, found)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("magnitude.py", 0),
        ("magnitude (2).py", 2),
        ("magnitude(12).py", 12),
        ("magnitude-1.py", 1),
        ("Copy of Magnitude.py", 0),
        ("magnitude copy 3.py", 3),
        ("magnitude - Copy (2).py.txt", 2),
    ],
)
def test_second_copies(name: str, number: int) -> None:
    assert (original(name), copy_number(name)) == ("magnitude", number)


def test_a_number_of_the_name_itself_stays() -> None:
    assert original("relu_2.py") == "relu_2"
    assert uncopied("a/Rows (2).PY.txt") == "Rows"
