"""What is decided on a page is asked first, done once, and noted; nothing else changes a mark."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.gradebook.book import me
from grader.web.dashboard.visit import Pseudonyms
from support.batching import Room, lenient
from support.dashboards import EVIL, Pages, entered
from support.sites import FORM, csrf, led_to

DAY = timedelta(days=1)


def send(site: Any, path: str, **data: str) -> Any:
    """A form of a page, sent."""
    token = csrf(site.get("/map").text)
    return site.post(path, data={"csrf": token, **data}, headers=FORM)


def test_an_override_is_asked_then_kept_with_who_and_why(pages: Pages, owner: Any) -> None:
    path = f"/students/{Pseudonyms(pages[1]).of('ben')}/decide"
    told = {"action": "override", "exercise": "double", "points": "1", "why": "by hand <b>"}
    asked = send(owner, path, **told)
    assert "Sure?" in asked.text
    assert pages[1].adjustments() == []
    done = send(owner, path, **told, sure="yes")
    assert done.status_code == 303
    [entry] = pages[1].adjustments()
    assert (entry.kind, entry.student, entry.why) == ("override", "ben", "by hand <b>")
    [line], _ = pages[1].office.log()
    assert (line.action, line.student) == ("override", "ben")
    assert "by hand" not in line.what
    shown = owner.get(path.removesuffix("/decide")).text
    assert "by hand &lt;b&gt;" in shown
    back = {"action": "take-back", "entry": f"{entry.id}"}
    assert "Sure?" in send(owner, path, **back).text
    send(owner, path, **back, sure="yes")
    assert pages[1].adjustments() == []
    assert "taken back" in send(owner, path, **back, sure="yes").text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {"action": "override", "exercise": "double", "points": "9", "why": "x"},
            "more than there",
        ),
        ({"action": "override", "exercise": "double", "points": "x", "why": "x"}, "no number"),
        ({"action": "override", "exercise": "double", "points": "1"}, "Why?"),
        ({"action": "excuse", "exercise": "double", "why": " "}, "Why?"),
        ({"action": "extend", "unit": "all"}, "Until when?"),
        ({"action": "extend", "unit": "99", "by": "2d"}, "There is no unit 99"),
        ({"action": "extend", "unit": "all", "by": "soon"}, "soon"),
    ],
)
def test_a_mistake_is_told_and_changes_nothing(
    pages: Pages, owner: Any, told: dict[str, str], said: str
) -> None:
    path = f"/students/{Pseudonyms(pages[1]).of('ben')}/decide"
    answer = send(owner, path, **told, sure="yes")
    assert answer.status_code == 400
    assert said in answer.text
    assert pages[1].adjustments() == []
    assert pages[1].office.log() == ([], 0)


def test_more_time_and_an_excuse(pages: Pages, owner: Any) -> None:
    path = f"/students/{Pseudonyms(pages[1]).of('eve')}/decide"
    send(owner, path, action="extend", unit="all", by="2d", sure="yes")
    send(owner, path, action="excuse", exercise="half", why="ill", sure="yes")
    assert {e.kind for e in pages[1].adjustments()} == {"extend", "excuse"}


def test_a_form_of_another_session_is_refused(pages: Pages, owner: Any) -> None:
    other = entered(pages[0], pages[0].token)
    path = f"/students/{Pseudonyms(pages[1]).of('ben')}/decide"
    data = {"action": "excuse", "exercise": "double", "why": "x", "sure": "yes"}
    for token in ("", csrf(other.get("/map").text)):
        answer = owner.post(path, data={"csrf": token, **data}, headers=FORM)
        assert answer.status_code == 403
    elsewhere = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    data["csrf"] = csrf(owner.get("/map").text)
    assert owner.post(path, data=data, headers=elsewhere).status_code == 403
    assert pages[1].adjustments() == []


def test_what_needs_a_person_is_given_to_one_once_that_was_asked(pages: Pages, owner: Any) -> None:
    book = pages[1]
    number = next(s.id for s in book.submissions() if s.students == ("ben",))
    told = {"submission": f"{number}", "exercise": "half", "to": me()}
    asked = send(owner, "/assign", **told)
    assert (asked.status_code, "Sure?" in asked.text) == (200, True)
    assert f"{me()} looks into half, hand-in {number}" in asked.text
    assert "Ben" not in asked.text  # names are hidden here, too
    assert (book.office.assigned(), book.office.log()) == ({}, ([], 0))
    send(owner, "/assign", **told, sure="yes")
    assert book.office.assigned()[number, "half"].to == me()
    [line], _ = book.office.log()
    assert (line.action, line.student, line.who) == ("assign", "ben", me())
    for sure in ("", "yes"):
        refused = send(owner, "/assign", **{**told, "to": "Nobody"}, sure=sure)
        assert refused.status_code == 400
    nobody = {**told, "to": ""}
    assert f"Now: {me()}" in send(owner, "/assign", **nobody).text
    assert book.office.assigned() != {}
    send(owner, "/assign", **nobody, sure="yes")
    assert book.office.assigned() == {}


@pytest.mark.parametrize("number", ["999", "x", "-1", "9" * 40, ""])
def test_what_is_not_there_is_not_written(pages: Pages, owner: Any, number: str) -> None:
    told = {"submission": number, "exercise": "half", "to": "", "sure": "yes"}
    assert send(owner, "/assign", **told).status_code == 404
    for path in ("/revoke", "/stop"):
        answer = send(owner, path, number=number, sure="yes")
        assert answer.status_code == (400 if number == "999" else 404)
    assert pages[1].office.log() == ([], 0)


def test_an_invitation_is_taken_back_once_that_was_asked(pages: Pages, owner: Any) -> None:
    site, book, _ = pages
    token, made = book.office.invite("viewer", f"Vi {EVIL}", datetime.now(UTC) + DAY, who="me")
    viewer = entered(site, token)
    asked = send(owner, "/revoke", number=f"{made.id}")
    assert "take back the invitation of Vi" in asked.text
    assert EVIL not in asked.text
    assert viewer.get("/map").status_code == 200
    assert "Sure?" in asked.text
    send(owner, "/revoke", number=f"{made.id}", sure="yes")
    assert viewer.get("/map").status_code == 401
    assert [line.action for line in book.office.log()[0]] == ["revoke", "sign-in", "invite"]
    assert "taken back" in owner.get("/log").text


def test_a_run_is_begun_and_stopped_once_that_was_asked(pages: Pages, owner: Any) -> None:
    site, book, runs = pages
    for kind in ("batch", "apply", "lower"):
        assert "Sure?" in send(owner, "/start", kind=kind).text
    assert "no collected class" in send(owner, "/start", kind="batch", folder="/etc").text
    assert book.runs.all() == []
    began = send(owner, "/start", kind="batch", sure="yes")
    number = led_to(began).rpartition("/")[2]
    run = runs.find(int(number))
    assert run is not None
    assert f"stop run {number}" in send(owner, "/stop", number=number).text
    assert not run.stop.asked
    token, _ = book.office.invite(
        "grader", "Gil", datetime.now(UTC) + DAY, who="me", sections=("mon",)
    )
    limited = entered(site, token)
    for path, data in (("/start", {"kind": "batch"}), ("/stop", {"number": number})):
        assert send(limited, path, **data, sure="yes").status_code == 403
    assert not run.stop.asked
    send(owner, "/stop", number=number, sure="yes")
    assert run.stop.asked
    runs.wait()
    assert [line.action for line in book.office.log()[0]] == ["stop", "sign-in", "invite", "run"]


def test_a_regrade_is_previewed_then_applied(room: Room, pages: Pages, owner: Any) -> None:
    before = room.earned()
    runs = pages[2]
    suite = next(Path(room.course.root, "tests", "hidden").rglob("test_double.py"))
    text = suite.read_text("utf-8")
    try:
        lenient(room)
        answer = send(owner, "/start", kind="preview")
        runs.wait()
        shown = owner.get(led_to(answer)).text
        assert "would change" in shown
        assert room.earned() == before
        assert "Sure?" in send(owner, "/start", kind="apply").text
        send(owner, "/start", kind="apply", sure="yes")
        runs.wait()
        run = runs.find(2)
        assert run is not None
        assert run.fault == ""
        assert room.earned() != before
    finally:
        suite.write_text(text, "utf-8")
