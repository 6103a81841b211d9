"""`grade extend`: more time, for one, for a section, for a table of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Grade


def test_by_a_length_of_time_and_back(in_class: Grade) -> None:
    ran = in_class("extend", "doe", "01_a", "--by", "2d")
    assert ran.out.startswith("Jane Doe (doe): 01_a is due 2027-02-03 23:59:00+01:00.\nKept in ")
    assert "late" not in in_class("marks").out.splitlines()[1]
    ran = in_class("extend", "doe", "01_a", "--take-back")
    assert ran.out.startswith("Taken back: 1 entry.")
    assert "2 late" in in_class("marks").out


@pytest.mark.parametrize("until", ["2027-02-04T12:00+01:00", "2027-02-04T12:00 Europe/Berlin",
                                   "2027-02-04T11:00Z", "2027-02-04T12:00"])  # fmt: skip
def test_until_a_time_which_is_in_the_unit_s_zone_if_it_names_none(
    until: str, in_class: Grade
) -> None:
    assert (
        "01_a is due 2027-02-04 12:00:00+01:00"
        in in_class("extend", "doe", "01_a", "--until", until).out
    )


def test_a_section(in_class: Grade) -> None:
    ran = in_class("extend", "section:Tuesday", "all", "--by", "36h")
    assert ran.out.startswith("Section tuesday, 1 student: all units by 1 d 12 h.")
    assert "due 2027-02-03 11:59:00+01:00" in in_class("marks", "doe").out
    assert "due 2027-02-01 23:59:00+01:00" in in_class("marks", "roe").out


def test_a_table_is_taken_whole_or_not_at_all(in_class: Grade, tmp_path: Path) -> None:
    table = tmp_path / "more time.csv"
    table.write_text("\ufeffStudent;Unit;By;Until\ndoe;01_a;1d;\nroe;all;2x;\n", "utf-8")
    before = in_class("marks", "--json").out
    ran = in_class("extend", "--from", str(table))
    assert ran.status == 2
    assert ran.err.startswith(f"{table}:3: '2x' is no length of time")
    assert in_class("marks", "--json").out == before
    table.write_text(
        "student,unit,by,until\ndoe,01_a,1d,\n101,02_b,,2027-03-01T00:00Z\n\n", "utf-8"
    )
    ran = in_class("extend", "--from", str(table), "--why", "a strike")
    assert ran.out.count("Jane Doe (doe): ") == 2
    assert "a strike" in " ".join(in_class("explain", "doe", "length").out.split())


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["doe"], "For whom, and what? grade extend STUDENT UNIT|all --by 2d"),
        (["doe", "01_a"], "Until when? Expected --until TIME or --by 2d, one of them."),
        (["doe", "01_a", "--by", "1d", "--until", "2027-02-04T11:00Z"], "one of them"),
        (["doe", "01_a", "--by", "-1d"], "is no length of time"),
        (["doe", "all", "--until", "2027-02-04T11:00"], "is no point in time"),
        (["doe", "03_c", "--by", "1d"], "There is no unit 03_c. Expected all, or one of 01_a"),
        (["section:monday", "all", "--by", "1d"], "There is no section monday; there are: friday"),
        (["doe", "01_a", "--take-back"], "There is no extension of 01_a for doe to take back."),
        (["doe", "--from", "x.csv"], "--from has everything in its table"),
        (["--from", "no such file.csv"], "no such file.csv: No such file"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant(args: list[str], said: str, in_class: Grade) -> None:
    ran = in_class("extend", *args)
    assert ran.status == 2
    assert said in ran.err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "expected the columns student, unit, and until or by"),
        (b"student,unit\ndoe,all\n", "expected the columns student, unit, and until or by"),
        (b"student,unit,by\n", "has no rows below its first line"),
        (b"student,unit,by\n\xff,all,1d\n", "is not UTF-8"),
        (b"student,unit,by\nnobody,all,1d\n", ":2: There is no student nobody"),
        (b"student,unit,by\ndoe,all," + b"1" * 300_000, ":2: this is no CSV"),
        (b"PK\x03\x04", "it is a spreadsheet; save it as CSV"),
        (b"student,unit,by\n" + b"doe,all,1d\n" * 400_000, "it is larger than 4 MiB"),
    ],
)
def test_tables_that_are_none(data: bytes, said: str, in_class: Grade, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    ran = in_class("extend", "--from", str(tmp_path / "t.csv"))
    assert ran.status == 2
    assert said in ran.err
