"""Hand-ins that are nearly the same: for owners, with the caution, and a case as a file."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

from grader.classroom.similar.values import Match, Pair, Range, Similarity
from support.dashboards import EVIL, Pages, entered
from support.sites import FORM, TestClient, csrf


def found_alike(pages: Pages) -> str:
    """Ann's and Dot's hand-ins as nearly the same in `double`; where their case is shown."""
    site, book, runs = pages
    ids = {key: book.submissions(key)[0].id for key in ("ann", "dot")}
    lines = Range(1, 2)
    pair = Pair(
        "double", "ann", "dot", ids["ann"], ids["dot"], 0.9, 90, (Match(lines, lines, 90),)
    )  # fmt: skip
    runs.comparing.found = [
        Similarity("double", 4, 0, 100, "", (pair,)),
        Similarity("half", 4, 0, 3, "half is too short to tell.", ()),
    ]
    runs.comparing.at = datetime.now(UTC)
    page = entered(site, site.token).get("/similarity").text
    case = re.search(r'href="(/similarity/\w+/\w+)"', page)
    assert case is not None, page
    return case[1]


def test_comparing_is_asked_for_and_short_ones_say_so(pages: Pages, owner: TestClient) -> None:
    page = owner.get("/similarity")
    assert "Nothing was compared yet" in page.text
    sent = owner.post("/similarity", data={"csrf": csrf(page.text)}, headers=FORM)
    assert sent.status_code == 303
    pages[2].comparing.wait()
    text = owner.get("/similarity").text
    assert pages[2].comparing.fault == ""
    for exercise in pages[1].course.exercises:
        assert f"{exercise.id} is too short to tell" in text
    assert "no verdict" in text
    assert "plagiar" not in text.lower()


def test_a_case_stands_side_by_side_and_can_be_kept(pages: Pages, owner: TestClient) -> None:
    case = found_alike(pages)
    page = owner.get(case).text
    assert page.count("<mark>") == 4
    assert "Ann" not in page
    assert "Ann" in owner.get(f"{case}?names=1").text
    kept = owner.get(f"{case}/case.zip")
    assert kept.headers["content-disposition"].endswith('.zip"')
    with zipfile.ZipFile(io.BytesIO(kept.content)) as archive:
        text = archive.read("case.html").decode()
    assert "def double" in text
    assert "no verdict" in text
    for each in (page, text):
        assert EVIL not in each
        assert "90 %" in each
    log = owner.get("/log").text
    assert "a case" in log


def test_it_is_for_owners_alone(pages: Pages) -> None:
    case = found_alike(pages)
    for role in ("grader", "viewer"):
        token, _ = pages[1].office.invite(
            role, "Gus", datetime.now(UTC) + timedelta(days=1), who="me"
        )  # fmt: skip
        visitor = entered(pages[0], token)
        for path in ("/similarity", case, f"{case}/case.zip"):
            assert visitor.get(path).status_code == 403
        page = visitor.get("/").text
        assert "Similarity" not in page
        sent = visitor.post("/similarity", data={"csrf": csrf(page)}, headers=FORM)
        assert sent.status_code == 403


def test_who_was_not_found_alike_has_no_case(pages: Pages, owner: TestClient) -> None:
    one, other = found_alike(pages).split("/")[2:]
    assert owner.get(f"/similarity/{one}/{one}").status_code == 404
    assert owner.get(f"/similarity/{one}/0123456789").status_code == 404
    assert owner.get(f"/similarity/{other}/{one}").status_code == 200
