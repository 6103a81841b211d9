"""`grade marks` and `grade explain`: what an instructor reads of a class."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from support.commands import Grade


def test_the_class_is_a_line_each_and_the_place(in_class: Grade) -> None:
    ran = in_class("marks")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "Tiny"
    assert " ".join(lines[1].split()) == "Jane Doe (doe) 2 late 2.9 of 4"
    assert " ".join(lines[2].split()) == ("Richard Roe (roe) lateness of 2 differs 1.5 of 2.5")
    assert "2 students. Gradebook: " in ran.out
    assert all(len(line) <= 80 for line in lines[:-1])


def test_who_is_not_in_the_class_and_handed_in_is_counted(in_class: Grade, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("student,name\nroe,Richard Roe\n", "utf-8")
    assert in_class("students", "import", str(roster)).status == 0
    out = in_class("marks").out
    assert "Jane" not in out
    assert "1 more handed in something and is not in the class: --everyone shows them, too." in out
    everyone = in_class("marks", "--everyone").out
    assert "Jane Doe (doe)  gone" in everyone
    assert "not in the class" not in everyone


def test_of_a_unit_that_somebody_began_others_miss_it(in_class: Grade, tmp_path: Path) -> None:
    in_class("override", "doe", "angle", "1", "--why", "shown at the board")
    lines = [" ".join(line.split()) for line in in_class("marks").out.splitlines()]
    assert any(line.startswith("Richard Roe (roe) 1 missing, ") for line in lines)


def test_one_student_is_a_line_for_each_exercise(in_class: Grade) -> None:
    ran = in_class("marks", "jane@example.org")
    assert [line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")] == [
        "length",
        "double",
        "angle",
    ]
    assert "due 2027-02-01 23:59:00+01:00" in ran.out


def test_as_json_numbers_are_exact_and_nobody_is_told_why(in_class: Grade) -> None:
    in_class("override", "roe", "double", "0.3", "--why", "a private matter")
    ran = in_class("marks", "--json")
    found = json.loads(ran.out, parse_float=Decimal)
    doe, roe = found["students"]
    assert (doe["student"], doe["earned"], doe["possible"]) == ("doe", Decimal("2.9"), 4)
    exercise = doe["units"][0]["exercises"][0]
    assert (exercise["earned"], exercise["before_lateness"]) == (2, Decimal("2.5"))
    assert (exercise["lost"], exercise["late_periods"]) == (Decimal("0.2"), 2)
    assert exercise["at"] == "2027-02-03T05:59:00+01:00"
    assert roe["units"][0]["exercises"][1]["state"] == "override"
    assert "private" not in ran.out


def test_why_a_mark_is_what_it_is(in_class: Grade) -> None:
    ran = in_class("explain", "doe", "length")
    assert (
        ran.out.splitlines()
        == """\
Jane Doe (doe)

length  How long is a vector?                                             2 of 3
  due 2027-02-01 23:59:00+01:00
  attempt 2 decides, of 2 the last that counts and has work in it, handed in
    2027-02-03 05:59:00+01:00
    test_one: passed                                                           1
    test_two: too slow                                                  0 of 0.5
    test_three: passed                                                       1.5
  together                                                              2.5 of 3
  1 d 6 h late, grace 15 min, 2 periods of 1 d begun, 20% lost              -0.5
""".splitlines()
    )


def test_what_people_decided_is_in_it(in_class: Grade) -> None:
    in_class("override", "doe", "length", "3", "--why", "oral exam")
    in_class("extend", "doe", "01_a", "--by", "2d", "--why", "ill")
    in_class("void", "length", "test_two", "--why", "wrong")
    in_class("excuse", "roe", "double", "--why", "came late to the class")
    told = in_class("explain", "doe", "length").out
    for part in (
        "due 2027-02-03 23:59:00+01:00",
        "before 2027-02-01 23:59:00+01:00, extended by 2 d, by ",
        "test_two: too slow, given to all",
        ": wrong",
        ": oral exam",
    ):
        assert part in told
    told = in_class("explain", "roe", "01_a").out
    assert "test_three: not run, not counted" in told
    assert "it is marked as late" in told
    assert "excused, by " in told


def test_hostile_names_cannot_write_on_the_screen(in_class: Grade, tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    name = "\x1b[2JEve\N{RIGHT-TO-LEFT OVERRIDE}=cmd()"
    roster.write_text(f'student,name,section\neve,"{name}",\x07bell\n', "utf-8")
    outs = [in_class("students", "import", str(roster)).out]
    outs += [in_class(*args).out for args in (["marks"], ["marks", "eve"], ["explain", "eve"],
             ["students", "list"], ["override", "eve", "double", "1", "--why", "\x1b[0m"],
             ["explain", "eve"])]  # fmt: skip
    for out in outs:
        assert not any(c in out for c in "\x1b\x07\N{RIGHT-TO-LEFT OVERRIDE}"), out
        assert "eve" in out
    assert json.loads(in_class("marks", "--json").out)["students"][0]["name"] == name


def test_a_gradebook_can_be_anywhere_and_an_empty_one_says_what_to_do(
    in_class: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WXB_GRADEBOOK", str(tmp_path / "other.db"))
    ran = in_class("marks")
    assert "Nobody is in it yet" in ran.out
    assert (tmp_path / "other.db").exists()
    ran = in_class("marks", "--gradebook", str(tmp_path))
    assert (ran.status, ran.err) == (
        2,
        f"{tmp_path} is a folder; name the gradebook's file in it.\n",
    )


def test_who_is_unknown_is_said(in_class: Grade) -> None:
    for command in (["marks", "dow"], ["explain", "dow"], ["override", "dow", "length", "1"]):
        ran = in_class(*command)
        assert ran.status == 2
        assert "There is no student dow in the gradebook. Did you mean doe?" in ran.err
