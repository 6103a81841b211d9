"""Rosters as they are: our own sheet, Canvas's gradebook, Moodle's worksheet."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from grader.classroom.listed import read_listing
from grader.errors import UsageError
from support.collecting import Put
from tools.lms import Student, canvas_sheet, moodle_sheet

JANE = Student("Jane", "Doe", 101, "S101", "jdoe1", "jane@example.org", "Sec 1", 1_234_567)
ZOE = Student("Zoë", "van 't Hoff", 102, "", "zoe@example.org", "zoe@example.org", "Sec 2", 8)


def test_canvas_s_sheet(put: Put) -> None:
    listing = read_listing(put("g.csv", canvas_sheet([JANE, ZOE], "Vectors", "12.00")))
    assert listing.kind == "canvas"
    jane, zoe = sorted(listing.people, key=lambda listed: listed.name)
    assert (jane.name, jane.section) == ("Jane Doe", "Sec 1")
    assert jane.aliases == {"canvas": "101", "sis": "S101", "login": "jdoe1"}
    assert (zoe.name, zoe.email) == ("Zoë van 't Hoff", "zoe@example.org")
    assert listing.tests == {"99999"}


def test_canvas_with_names_apart_more_columns_and_semicolons(put: Put) -> None:
    text = (
        "LastName;FirstName;ID;SIS User ID;SIS Login ID;Integration ID;Section;Notes;V (4711)\n"
        ";;;;;;;;Manual Posting\n    Points Possible;;;;;;;;12,00\n"
        'Doe;Jane;101;S101;jdoe1;i;"A and B";a note;10,25\n'
    )
    (jane,) = read_listing(put("g.csv", text)).people
    assert (jane.name, jane.section, jane.aliases["login"]) == ("Jane Doe", "A and B", "jdoe1")


def test_moodle_s_sheet_in_any_language(put: Put) -> None:
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    times = {JANE.participant: "Monday, 1 February 2027, 11:20 AM"}
    english = moodle_sheet([JANE, ZOE], times, "12.00")
    german = (
        english.replace("Identifier,Full name,Email address,Status,Grade", "ID,Vollständiger Name,"
                        "E-Mail-Adresse,Status,Bewertung")
        .replace("Participant", "Teilnehmer/in").replace("Last modified", "Zuletzt geändert")
        .replace("Monday, 1 February 2027, 11:20 AM", "Montag, 1. Februar 2027, 11:20")
    )  # fmt: skip
    for text in (english, german):
        listing = read_listing(put("w.csv", text), berlin)
        assert listing.kind == "moodle"
        jane, zoe = listing.people
        assert (jane.name, jane.email) == ("Jane Doe", "jane@example.org")
        assert jane.aliases == {"moodle": "1234567"}
        assert jane.at is not None
        assert jane.at.isoformat() == "2027-02-01T11:20:00+01:00"
        assert zoe.at is None


def test_a_blind_worksheet_has_no_names(put: Put) -> None:
    listing = read_listing(put("w.csv", moodle_sheet([JANE, ZOE], {}, "12.00", blind=True)))
    assert [(p.name, p.email, p.aliases) for p in listing.people] == [
        ("", "", {"moodle": "1234567"}),
        ("", "", {"moodle": "8"}),
    ]


def test_late_as_moodle_says_it(put: Put) -> None:
    text = moodle_sheet([JANE], {JANE.participant: "Monday, 1 February 2027, 11:20 AM"}, "12.00")
    text = text.replace("Submitted for grading", "Submitted for grading - 2 days 3 hours late")
    assert read_listing(put("w.csv", text)).people[0].late is True


@pytest.mark.parametrize(
    ("state", "late"),
    [
        ("Zur Bewertung abgegeben - 2 Tage 3 Stunden später", True),
        ("Enviado para calificar - 45 minutos después - Calificado", True),
        ("評定のために提出済み - 2 時間 遅く提出", True),
        ("Zur Bewertung abgegeben", None),
        ("Zur Bewertung abgegeben - Bewertet", None),
        ("Abgegeben - Verlängerung bis: Montag, 8. Februar 2027, 23:59", None),
    ],
)
def test_late_in_other_languages(put: Put, state: str, late: bool | None) -> None:
    times = {JANE.participant: "Montag, 1. Februar 2027, 11:20"}
    text = moodle_sheet([JANE, ZOE], times, "12.00").replace("Submitted for grading", f'"{state}"')
    text = text.replace("No submission", "Keine Abgabe - Die Aufgabe ist überfällig seit: 3 Tage")
    jane, zoe = read_listing(put("w.csv", text), zoneinfo.ZoneInfo("Europe/Berlin")).people
    assert (jane.late, jane.at is not None, zoe.late) == (late, True, None)


def test_times_in_a_language_that_is_not_known_are_told_and_cost_nothing(put: Put) -> None:
    times = {JANE.participant: "poniedziałek, 1 luty 2027, 11:20"}
    listing = read_listing(put("w.csv", moodle_sheet([JANE, ZOE], times, "12.00")), datetime.UTC)
    assert [each.at for each in listing.people] == [None, None]
    assert listing.notes == (
        "1 times in w.csv are in a language that is not read here: give them with --times FILE.",
    )


def test_participants_without_a_blank_and_our_own_numbers(put: Put) -> None:
    text = moodle_sheet([JANE, ZOE], {}, "12.00").replace("Identifier", "标识符")
    listing = read_listing(put("w.csv", text.replace("Participant ", "参与者")))
    assert (listing.kind, listing.people[0].aliases) == ("moodle", {"moodle": "1234567"})
    sheet = "student,name,canvas,section,team\ns1,A B,1,x,y\ns2,C D,2,x,y\n"
    own = read_listing(put("r.csv", sheet))
    assert [(own.kind, each.student) for each in own.people] == [("own", "s1"), ("own", "s2")]


def test_our_own_sheet_and_others_like_it(put: Put) -> None:
    text = "student,name,email,section,team,canvas,GitHub username\n"
    text += "j1,Jane Doe,J@x.org,A,T,101,jane-d\n"
    (jane,) = read_listing(put("r.csv", text)).people
    assert (jane.student, jane.email, jane.team) == ("j1", "J@x.org", "T")
    assert jane.aliases == {"canvas": "101", "github": "jane-d"}
    text = "First Name,Last Name,SID,Email\nJane,Doe,S1,j@x.org\n,,,\n"
    (jane,) = read_listing(put("r.csv", text)).people
    assert (jane.name, jane.aliases) == ("Jane Doe", {"sis": "S1"})


def test_our_own_sheet_may_have_an_id_of_its_own(put: Put) -> None:
    (jane,) = read_listing(put("r.csv", "student,name,email,id\nj,Jane Doe,,7\n")).people
    assert (jane.student, jane.name) == ("j", "Jane Doe")


def test_a_sheet_about_nobody_is_refused(put: Put) -> None:
    with pytest.raises(UsageError, match=r"r\.csv:1: none of its columns names a person"):
        read_listing(put("r.csv", "colour,size\nred,1\n"))
    listing = read_listing(put("r.csv", "student,section\n,A\nj,B\n"))
    assert listing.notes == ("r.csv:2 names nobody.",)
