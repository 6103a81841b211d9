"""All routes that there are, asked by everybody who may not: nothing is told, none breaks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import msgspec
import pytest
from starlette.routing import Mount, Route

from grader.classroom.gradebook.office import Role
from grader.classroom.insight import read
from grader.classroom.insight.refresh import refresh
from grader.classroom.insight.values import HeldIdea, Spread
from grader.classroom.people import Person
from grader.web.dashboard.visit import Pseudonyms
from grader.web.dashboard.wording import LAYERS
from grader.web.lessons.app import Lessons
from grader.web.site import Site
from support.dashboards import PEOPLE, Pages, entered
from support.sites import FORM, ORIGIN, TestClient, client, csrf

#: What people and programs write into queries, paths and forms.
ODD = ["\x00", "a\x00b", "\u202e", "-1", "9" * 20, "1e999", "nan", "²", "١", "'", '"><b>',
       "../../x", "%00", "\n", "=1+1", "x" * 4000]  # fmt: skip
#: It says that something has moved, and nothing else; its answer has no end.
STREAM = "/events"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"]


def routes(site: Site) -> Iterator[tuple[str, set[str]]]:
    """Path and methods of all that is routed."""
    for route in site._app.router.routes:
        assert isinstance(route, (Route, Mount)), route
        methods = route.methods if isinstance(route, Route) else {"GET"}
        yield route.path, set(methods or ())


def filled(path: str, **parts: str) -> str:
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", value).replace(f"{{{name}:int}}", value)
    assert "{" not in path, path
    return path


def invited(pages: Pages, role: Role, *sections: str) -> TestClient:
    until = datetime.now(UTC) + timedelta(days=1)
    token, _ = pages[1].office.invite(role, "Gus", until, who="me", sections=sections)
    return entered(pages[0], token)


def addresses(pages: Pages) -> list[str]:
    """Everything that can be asked for, of everybody."""
    site, book, _ = pages
    codes = {p.key: Pseudonyms(book).of(p.key) for p in PEOPLE}
    hand_ins = {s.students[0]: f"{s.id}" for s in book.submissions()}
    found = [
        filled(path, code=codes[key], submission=number, number="1", exercise=exercise,
               one=codes["ben"], other=codes["cid"])
        for path, methods in routes(site)
        if "GET" in methods and path != STREAM
        for key, number in (hand_ins.items() if "{code}" in path else [("ben", "1")])
        for exercise in (("double", "half") if "{exercise}" in path else ("double",))
    ]  # fmt: skip
    found += [f"/compare?a={a}&b={b}" for a in hand_ins.values() for b in hand_ins.values()]
    found += [f"/items/{e}?layer={layer}" for layer in LAYERS for e in ("double", "half")]
    found += ["/?section=tue", "/students?section=tue", "/students?section=*",
              "/api/now?section=tue", "/api/students?section=tue"]  # fmt: skip
    return found + [f"{url}{'&' if '?' in url else '?'}names=1" for url in found]


def test_without_a_session_no_route_answers(pages: Pages, lessons_site: Site) -> None:
    parts = {"code": "0" * 10, "submission": "1", "number": "1", "exercise": "double", "one": "a",
             "other": "b", "unit": "01_vectors", "file": "page.js"}  # fmt: skip
    for site in (pages[0], lessons_site):
        stranger, asked = client(site), list(routes(site))
        assert len(asked) > 10
        for path, _ in asked:
            for method in METHODS:
                answer = stranger.request(method, f"{ORIGIN}{filled(path, **parts)}", headers=FORM)
                assert answer.status_code == 401, (method, path)
                assert "set-cookie" not in answer.headers


@pytest.fixture
def lessons_site(pages: Pages) -> Iterator[Site]:
    """The other site: its routes are enumerated, too."""
    found = Lessons(pages[1].course, pages[0].place)
    yield found.site
    found.feed.close()


@pytest.mark.parametrize(
    ("role", "sections", "theirs"), [("grader", ("mon",), {"mon"}), ("viewer", (), set())]
)
def test_nobody_is_told_of_whom_they_may_not_see(
    pages: Pages, role: Role, sections: tuple[str, ...], theirs: set[str]
) -> None:
    pages[2].comparing.start()
    pages[2].comparing.wait()
    visit, codes = invited(pages, role, *sections), Pseudonyms(pages[1])
    hidden = [p for p in PEOPLE if p.section not in theirs]
    answered = 0
    for url in addresses(pages):
        answer = visit.get(url)
        assert answer.status_code in (200, 403, 404), url
        if answer.status_code == 200:
            answered += 1
            words = [w for p in hidden for w in
                     (codes.of(p.key)[:6], p.name.split()[-1], p.email, f'"{p.key}"')]  # fmt: skip
            assert [word for word in words if word in answer.text] == [], url
    assert answered > 20


@pytest.mark.long
def test_odd_values_break_no_page(owner: TestClient, pages: Pages) -> None:
    codes = Pseudonyms(pages[1])
    one = {"code": codes.of("ben"), "submission": "1", "number": "1", "exercise": "double",
           "one": codes.of("ben"), "other": codes.of("cid")}  # fmt: skip
    names = ["page", "section", "sort", "down", "q", "a", "b", "test", "idea", "signature", "layer",
             "ever", "outcome", "exercise", "told", "proof"]  # fmt: skip
    for path, methods in routes(pages[0]):
        if "GET" not in methods or path == STREAM:
            continue
        for value in ODD[::2]:
            query = urlencode(dict.fromkeys(names, value))
            assert owner.get(f"{filled(path, **one)}?{query}").status_code < 500, (path, value)
        if "{" in path:
            for value in ODD[1::2]:
                odd = filled(path, **dict.fromkeys(one, quote(value, safe="")))
                assert owner.get(f"{ORIGIN}{odd}").status_code in (200, 400, 404), odd


DECIDE = "/students/CODE/decide"
FORMS: list[tuple[str, dict[str, str]]] = [
    (DECIDE, {"action": "override", "exercise": "double", "points": "1", "why": "x"}),
    (DECIDE, {"action": "extend", "unit": "", "until": "", "by": "2d", "why": "x"}),
    (DECIDE, {"action": "take-back", "entry": "1", "why": "x"}),
    ("/assign", {"submission": "1", "exercise": "double", "to": ""}),
    ("/start", {"kind": "preview", "folder": "", "sure": "no"}),
    ("/stop", {"number": "1"}),
    ("/revoke", {"number": "1"}),
]


@pytest.mark.long
def test_odd_values_in_forms_are_mistakes_and_no_faults(owner: TestClient, pages: Pages) -> None:
    code, token = Pseudonyms(pages[1]).of("ben"), csrf(owner.get("/map").text)
    for path, given in FORMS:
        url, fields = path.replace("CODE", code), {"csrf": token, "sure": "no", "back": "/"} | given
        for name in set(fields) - {"csrf", "kind"}:
            for value in ODD:
                answer = owner.post(url, data={**fields, name: value}, headers=FORM)
                assert answer.status_code < 500, (url, name, value)
            file = {name: ("x", b"\x00")}
            rest = {key: value for key, value in fields.items() if key != name}
            answer = owner.post(url, data=rest, files=file, headers=FORM)
            assert answer.status_code < 500, (url, name)
    assert owner.get("/").status_code == 200


def test_who_is_limited_to_sections_stops_no_run(pages: Pages) -> None:
    grader = invited(pages, "grader", "mon")
    data = {"csrf": csrf(grader.get("/map").text), "number": "1"}
    answer = grader.post("/stop", data=data, headers=FORM)
    assert answer.status_code == 403


def test_a_link_cannot_make_a_page_say_something(owner: TestClient, pages: Pages) -> None:
    code, told = Pseudonyms(pages[1]).of("ben"), "Your session has expired: call 555"
    assert told not in owner.get(f"/students/{code}?{urlencode({'told': told})}").text
    query = urlencode({"told": told, "proof": "ü"})
    assert told not in owner.get(f"/students/{code}?{query}").text
    data = {"csrf": csrf(owner.get("/map").text), "action": "excuse", "exercise": "double",
            "why": "ill", "sure": "yes"}  # fmt: skip
    done = owner.post(f"/students/{code}/decide", data=data, headers=FORM)
    where = done.headers["location"].partition("#")[0].removeprefix("..")
    assert "double does not count" in owner.get(f"/students/{where.rpartition('/')[2]}").text
    other = entered(pages[0], pages[0].token)
    assert "Kept: double" not in other.get(f"/students/{where.rpartition('/')[2]}").text


def test_the_api_tells_of_ideas_what_the_page_does(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = (HeldIdea("double", "thrice", 1, True),)
    heat = msgspec.structs.replace(
        read.misconceptions(pages[1]), spread=(Spread("ben", held), Spread("cid", held))
    )
    monkeypatch.setattr(read, "misconceptions", lambda book: heat)
    codes = Pseudonyms(pages[1])
    owner, grader = entered(pages[0], pages[0].token), invited(pages, "grader", "mon")
    viewer = invited(pages, "viewer")
    told = [[s["student"] for s in visit.get("/api/ideas").json()["spread"]]
            for visit in (owner, grader, viewer)]  # fmt: skip
    assert told == [[codes.of("ben"), codes.of("cid")], [codes.of("ben")], []]
    named = grader.get("/api/ideas?names=1").json()["spread"]
    assert [s["student"] for s in named] == ["ben"]


def test_what_others_wrote_turns_no_text_around(pages: Pages, owner: TestClient) -> None:
    """Marks of direction, controls and formulas, wherever a name, an address or a reason stands."""
    site, book, _ = pages
    odd = 'x"><img src=x onerror=alert(1)>\u202e\u2066\x07'
    book.import_roster([
        Person("ben", f"Ben {odd}", f"b{odd}@example.org", f"=cmd|' /c calc'!A0{odd}"),
        Person("=1+1", "@SUM(1)", "-2+3@example.org", "+1"),
    ])  # fmt: skip
    refresh(book)
    until = datetime.now(UTC) + timedelta(days=1)
    book.office.invite("grader", f"Gus {odd}", until, who=odd, sections=(odd,))
    code = Pseudonyms(book).of("ben")
    data = {"csrf": csrf(owner.get("/map").text), "action": "excuse", "exercise": "double",
            "why": odd, "sure": "yes"}  # fmt: skip
    assert owner.post(f"/students/{code}/decide", data=data, headers=FORM).status_code == 303
    urls = ["/", "/students", f"/students/{code}", "/log", "/cohorts", "/runs",
            "/export/students.csv", "/export/figures.json", "/api/students", "/api/now",
            f"/api/students/{code}", "/api/cohorts", f"/students?q={quote(odd)}",
            f"/students?section={quote(odd)}"]  # fmt: skip
    for url in urls:
        text = owner.get(f"{url}{'&' if '?' in url else '?'}names=1").text
        assert [mark for mark in "\u202e\u2066\x07" if mark in text] == [], url
        if not url.endswith(("csv", "json")) and "/api/" not in url:
            assert "<img" not in text, url
    sheet = list(csv.reader(io.StringIO(owner.get("/export/students.csv?names=1").text)))
    assert [cell for row in sheet for cell in row if cell[:1] in ("=", "+", "-", "@")] == []
    told = owner.get("/api/students?names=1").json()
    assert f"Ben {odd}" in [row["name"] for row in told["rows"]], "it means the same"
    assert site.title in owner.get("/").text
