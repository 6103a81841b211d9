"""The rules of Canvas and Moodle that examples and tests are made by."""

from __future__ import annotations

import io
import zipfile

import pytest

from tools.lms import Upload, canvas_name, canvas_zip, moodle_zip


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Doe, Jane", "doejane_101"), ("O'Neill-Ágard, Zoë", "oneillágardzoë_101"),
        ("Doe_2, Jane", "doe_2jane_101"), ("Doe_2_, Jane", "doe2jane_101"), ("", "101"),
        ("李, 小龍", "李小龍_101"),
    ],
)  # fmt: skip
def test_canvas_s_names(name: str, expected: str) -> None:
    assert canvas_name(name, 101) == expected
    assert canvas_name(name, 101, late=True) == expected.replace("101", "LATE_101")


def test_canvas_s_files() -> None:
    files = {"a:b?.py": b"", "text.html": b""}
    assert names(canvas_zip([Upload("Doe, J", 1, files)], 7)) == [
        "doej_1_7_a_b_.py",
        "doej_1_text.html",
    ]


def test_moodle_s_files() -> None:
    upload = Upload("Zoë_O'Neill", 5, {"a.py": b""})
    assert names(moodle_zip([upload])) == ["Zoë ONeill_5_assignsubmission_file/a.py"]
    assert names(moodle_zip([upload], folders=False)) == ["Zoë ONeill_5_assignsubmission_file_a.py"]
