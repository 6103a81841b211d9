"""Signing in by another site: who gets in, as what; and everything by which somebody must not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.errors import UsageError
from grader.web.dashboard.members import Members
from grader.web.dashboard.running import Runs
from grader.web.dashboard.site import build, entry
from grader.web.dashboard.visit import ClassDoor, LimitedSite, Pseudonyms
from grader.web.place import Place
from grader.web.site import Site
from support.batching import Room
from support.providers import (
    ROLES,
    StandIn,
    provider,
    settings_file,
    signed_by,
    signed_by_secret,
    unsigned,
)
from support.sites import FORM, ORIGIN, TestClient, client, csrf


class Signing(NamedTuple):
    """Pages where people sign in, the provider, and what whoever serves them was told."""

    site: Site
    there: StandIn
    book: Gradebook
    file: Path
    told: list[str]
    now: list[float]


@pytest.fixture(scope="module")
def one() -> Iterator[StandIn]:
    with provider() as found:
        found.redirects.add(f"{ORIGIN}/sign-in/callback")
        yield found


@pytest.fixture
def there(one: StandIn) -> StandIn:
    """The provider, as it was at first."""
    fresh = StandIn(one.issuer)
    one.__dict__.update({**fresh.__dict__, "redirects": one.redirects})
    return one


@pytest.fixture
def signing(room: Room, there: StandIn, tmp_path: Path) -> Iterator[Signing]:
    file, told, now = settings_file(tmp_path, there.issuer), list[str](), [0.0]
    with room.book() as book:
        members = Members(file, book.office.note, told.append, clock=lambda: now[0])
        runs = Runs(room.course, room.book)
        door = ClassDoor(book, members)
        site = build(room.course, book, Place(port=8000), runs, door, told.append)
        yield Signing(site, there, book, file, told, now)
        runs.close()
        runs.wait()


def back(visit: TestClient, path: str = "/") -> str:
    """Begin, and go through the provider: the address that it leads back to."""
    begun = visit.get(f"/sign-in?{urlencode({'next': path})}")
    assert begun.status_code == 303, begun.text
    answer = httpx.get(begun.headers["location"], trust_env=False)
    assert answer.status_code == 302
    return str(answer.headers["location"])


def entered(signing: Signing, user: str) -> TestClient:
    signing.there.user = user
    visit = client(signing.site)
    answer = visit.get(back(visit))
    assert answer.status_code == 200, answer.text
    return visit


def actions(book: Gradebook) -> list[tuple[str, str, str]]:
    return [(line.action, line.who, line.role) for line in book.office.log()[0]]


def test_who_signs_in_has_the_role_that_the_file_gives(signing: Signing) -> None:
    codes = {key: Pseudonyms(signing.book).of(key) for key in ("ben", "cid")}
    owner, grader, viewer = (entered(signing, user) for user in ("olga", "gus", "vera"))
    assert owner.get("/log").status_code == 200
    assert owner.get(f"/students/{codes['cid']}").status_code == 200
    assert grader.get("/log").status_code == 403
    assert grader.get(f"/students/{codes['ben']}").status_code == 200
    assert grader.get(f"/students/{codes['cid']}").status_code == 404
    assert viewer.get("/map").status_code == 200
    assert viewer.get("/students").status_code == 403
    assert actions(signing.book) == [
        ("sign-in", "vera", "viewer"), ("sign-in", "gus", "grader"), ("sign-in", "olga", "owner")
    ]  # fmt: skip
    assert "id-olga" in owner.get("/log").text
    assert signing.told == []


def test_what_they_decide_carries_their_name(signing: Signing) -> None:
    grader, code = entered(signing, "gus"), Pseudonyms(signing.book).of("ben")
    data = {"csrf": csrf(grader.get("/map").text), "action": "excuse", "exercise": "double",
            "why": "ill", "sure": "yes"}  # fmt: skip
    assert grader.post(f"/students/{code}/decide", data=data, headers=FORM).status_code == 303
    [entry] = signing.book.adjustments()
    assert entry.who == "gus"


def test_who_has_no_role_sees_nothing(signing: Signing) -> None:
    """Somebody's address in an account is theirs only where the provider has proved it."""
    signing.there.user = "eve"
    visit = client(signing.site)
    answer = visit.get(back(visit))
    assert answer.status_code == 403
    assert "have no role in this class" in answer.text
    assert "wxb-8000=" not in answer.headers.get("set-cookie", "")
    link = "/sign-in?next=%2F&anew=1"  # the provider would send them back at once as the same one
    assert f'href="{ORIGIN}{link.replace("&", "&amp;")}"' in answer.text
    assert parse_qs(urlsplit(visit.get(link).headers["location"]).query)["prompt"] == ["login"]
    asked = parse_qs(urlsplit(visit.get("/sign-in").headers["location"]).query)
    assert "prompt" not in asked
    assert visit.get("/").status_code == 401
    assert actions(signing.book) == [("sign-in refused", "eve", "nobody")]


@pytest.mark.parametrize(
    "method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
)
def test_only_two_paths_are_open_and_only_to_be_read(signing: Signing, method: str) -> None:
    visit = client(signing.site)
    for path in ("/sign-in", "/sign-in/callback", "/sign-in/", "/sign-in/other", "/"):
        assert visit.request(method, path, headers=FORM).status_code == 401, path
    for path in ("/sign-in/", "/sign-in/other", "/sign-inn", "/x/sign-in", "//sign-in", "/log"):
        answer = visit.get(f"{ORIGIN}{path}")
        assert answer.status_code == 401, path
        assert f'href="{ORIGIN}/sign-in?next=%2F' in answer.text, path


def test_without_settings_the_paths_are_as_closed_as_others(room: Room) -> None:
    with room.book() as book:
        runs = Runs(room.course, room.book)
        visit = client(build(room.course, book, Place(port=8000), runs))
        for path in ("/sign-in", "/sign-in/callback?state=x&code=y"):
            answer = visit.get(path)
            assert answer.status_code == 401
            assert "sign-in" not in answer.text
        runs.close()
        runs.wait()


def test_a_sign_in_goes_on_where_it_began_and_nowhere_else(signing: Signing) -> None:
    visit = client(signing.site)
    answer = visit.get(back(visit, '/students?sort=name&q="<b>'))
    assert 'content="0; url=/students?sort=name&amp;q=&#34;&lt;b&gt;"' in answer.text
    assert "script" not in answer.headers["content-security-policy"]
    for foreign in (
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "",
        "/\tx", "/\n//evil.example", "evil", "/" + "x" * 2000, "/é", "\\\\evil.example", " /x",
        "/sign-in?next=/map", "/sign-in/callback?state=x", "/?token=x", "/map?a=1&%74oken=x",
    ):  # fmt: skip
        visit = client(signing.site)
        answer = visit.get(back(visit, foreign))
        assert 'content="0; url=/"' in answer.text, foreign
        assert "evil" not in answer.text


def test_the_cookie_of_the_way_is_short_lived_and_only_for_it(signing: Signing) -> None:
    visit = client(signing.site)
    begun = visit.get("/sign-in")
    said = begun.headers["set-cookie"]
    assert "SameSite=lax" in said
    assert "HttpOnly" in said
    assert "Path=/sign-in/callback" in said
    assert "Max-Age=600" in said
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert len(asked["code_challenge"][0]) == 43
    assert asked["nonce"] != asked["state"]
    answer = visit.get(httpx.get(begun.headers["location"], trust_env=False).headers["location"])
    said = ", ".join(answer.headers.get_list("set-cookie"))
    assert "SameSite=strict" in said
    assert "Max-Age=0" in said


def test_a_state_of_another_browser_or_of_nobody_is_refused(signing: Signing) -> None:
    mine, theirs = client(signing.site), client(signing.site)
    there = back(theirs)
    assert mine.get(there).status_code == 403, "led into the session of somebody else"
    for query in ("", "code=x", "state=&code=x", f"state={'a' * 43}&code=x", "state=%00&code=x"):
        answer = mine.get(f"/sign-in/callback?{query}")
        assert answer.status_code == 403
        assert "not begun in this browser" in answer.text
    assert mine.get("/").status_code == 401
    assert theirs.get(there).status_code == 200, "the one that began it is let in all the same"


def test_two_sign_ins_of_one_browser_both_end_well(signing: Signing) -> None:
    visit = client(signing.site)
    first, second = back(visit, "/map"), back(visit, "/items")
    assert "url=/map" in visit.get(first).text
    assert "url=/items" in visit.get(second).text


def test_an_answer_is_taken_once(signing: Signing) -> None:
    visit = client(signing.site)
    begun = visit.get("/sign-in")
    where = httpx.get(begun.headers["location"], trust_env=False).headers["location"]
    ticket = begun.headers["set-cookie"].partition(";")[0]
    assert visit.get(where).status_code == 200
    again = client(signing.site).get(where, headers={"Cookie": ticket})
    assert again.status_code == 403
    assert "ended before" in again.text
    # The provider takes a code once, too: another sign-in cannot use it.
    other = client(signing.site)
    state = parse_qs(urlsplit(back(other)).query)["state"][0]
    code = parse_qs(urlsplit(where).query)["code"][0]
    answer = other.get(f"/sign-in/callback?{urlencode({'state': state, 'code': code})}")
    assert answer.status_code == 403
    assert "does not know this sign-in" in answer.text


def test_a_code_for_another_begun_sign_in_is_refused_by_its_verifier(signing: Signing) -> None:
    """PKCE: who has seen a code of somebody else's cannot bring it into a sign-in of their own."""
    seen = parse_qs(urlsplit(back(client(signing.site))).query)["code"][0]
    thief = client(signing.site)
    state = parse_qs(urlsplit(back(thief)).query)["state"][0]
    answer = thief.get(f"/sign-in/callback?{urlencode({'state': state, 'code': seen})}")
    assert answer.status_code == 403


Spoil = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda c: c | {"nonce": "x" * 43}, id="nonce"),
        pytest.param(lambda c: {k: v for k, v in c.items() if k != "nonce"}, id="no-nonce"),
        pytest.param(lambda c: c | {"aud": "another"}, id="audience"),
        pytest.param(lambda c: c | {"aud": ["wxb", "another"], "azp": "another"}, id="party"),
        pytest.param(lambda c: c | {"aud": ["wxb", "another"]}, id="no-party"),
        pytest.param(lambda c: c | {"iss": "http://127.0.0.1:1"}, id="issuer"),
        pytest.param(lambda c: c | {"iss": c["iss"] + "/"}, id="issuer-slash"),
        pytest.param(lambda c: c | {"exp": int(time.time()) - 120}, id="expired"),
        pytest.param(lambda c: c | {"exp": float("nan")}, id="never-expires"),
        pytest.param(lambda c: c | {"iat": int(time.time()) + 3600}, id="future"),
        pytest.param(lambda c: c | {"nbf": int(time.time()) + 3600}, id="not-yet"),
        pytest.param(lambda c: c | {"sub": ""}, id="nobody"),
        pytest.param(lambda c: c | {"at_hash": "x"}, id="access-token"),
        pytest.param(lambda c: {k: v for k, v in c.items() if k != "exp"}, id="no-exp"),
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_not_believed(
    signing: Signing, spoil: Spoil
) -> None:
    signing.there.spoil = spoil
    unbelieved(signing)


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param(signed_by("two"), id="key"),
        pytest.param(signed_by("two", kid="one"), id="key-by-its-name"),
        pytest.param(signed_by("two", kid="odd"), id="odd-key"),
        pytest.param(unsigned, id="none"),
        pytest.param(signed_by_secret, id="public-key-as-secret"),
        pytest.param(lambda claims: "a.b.c", id="nonsense"),
        pytest.param(lambda claims: None, id="nothing"),
    ],
)
def test_a_token_that_is_not_signed_by_the_provider_is_not_believed(
    signing: Signing, sign: Callable[[dict[str, Any]], str]
) -> None:
    signing.there.sign = sign
    unbelieved(signing)


def unbelieved(signing: Signing) -> None:
    visit = client(signing.site)
    answer = visit.get(back(visit))
    assert answer.status_code == 403, answer.text
    assert "cannot be believed" in answer.text
    assert visit.get("/").status_code == 401
    assert actions(signing.book) == []
    [told] = signing.told
    assert told.startswith("Not let in: what 127.0.0.1")


def test_clocks_may_differ_by_a_minute(signing: Signing) -> None:
    now = int(time.time())
    signing.there.spoil = lambda claims: claims | {"exp": now - 30, "iat": now + 30}
    assert entered(signing, "olga").get("/log").status_code == 200


def test_new_keys_are_asked_for(signing: Signing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.web.openid.provider._AGAIN", -1.0)
    entered(signing, "olga")
    signing.there.keys, signing.there.sign = ["two"], signed_by("two")
    entered(signing, "olga")
    assert signing.there.asked.count("/jwks") == 2


def test_claims_that_only_the_userinfo_endpoint_tells_are_asked_for(signing: Signing) -> None:
    signing.there.lean = True
    grader = entered(signing, "gus")
    assert grader.get("/students").status_code == 200
    assert "/userinfo" in signing.there.asked


@pytest.mark.parametrize("spoil", [{"sub": "id-olga"}, {"sub": None}, {"sub": ["id-gus"]}])
def test_a_userinfo_endpoint_that_speaks_of_somebody_else_gives_no_role(
    signing: Signing, spoil: dict[str, Any]
) -> None:
    signing.there.lean, signing.there.user = True, "gus"
    signing.there.info = {"groups": ["owners"], **spoil}
    visit = client(signing.site)
    answer = visit.get(back(visit))
    assert answer.status_code == 403
    assert "known by no preferred_username" in answer.text
    assert "speaks of somebody else" in signing.told[0]


def test_a_token_decides_where_the_userinfo_endpoint_fails(signing: Signing) -> None:
    signing.there.about = {"userinfo_endpoint": f"{signing.there.issuer}/nowhere"}
    assert entered(signing, "vera").get("/map").status_code == 200
    [told] = signing.told
    assert "is of no use: 404" in told


def test_a_provider_that_says_no(signing: Signing) -> None:
    visit = client(signing.site)
    state = parse_qs(urlsplit(back(visit)).query)["state"][0]
    said = {"state": state, "error": "access_denied", "error_description": "<b>call 555</b>"}
    answer = visit.get(f"/sign-in/callback?{urlencode(said)}")
    assert answer.status_code == 403
    assert "did not let you in: access_denied." in answer.text
    assert "555" not in answer.text


def test_an_answer_of_another_provider_is_refused(signing: Signing) -> None:
    visit = client(signing.site)
    answer = visit.get(back(visit) + "&iss=https%3A%2F%2Fevil.example")
    assert answer.status_code == 403
    assert "another provider" in answer.text


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"}, {"authorization_endpoint": "http://evil.example/"},
        {"token_endpoint": None}, {"jwks_uri": "javascript:x"},
    ],
)  # fmt: skip
def test_a_provider_that_is_another_than_it_should_be(
    signing: Signing, about: dict[str, Any]
) -> None:
    signing.there.about = about
    answer = client(signing.site).get("/sign-in")
    assert answer.status_code == 503
    assert "Try again" in answer.text
    [told] = signing.told
    assert "does not say where it answers" in told


def test_a_provider_that_is_down(room: Room, tmp_path: Path) -> None:
    with provider() as gone:
        pass
    told: list[str] = []
    with room.book() as book:
        members = Members(settings_file(tmp_path, gone.issuer), book.office.note)
        runs = Runs(room.course, room.book)
        site = build(
            room.course, book, Place(port=8000), runs, ClassDoor(book, members), told.append
        )
        visit = client(site)
        assert [visit.get("/sign-in").status_code for _ in range(3)] == [503] * 3
        assert len(told) == 1, "it is not asked again at once"
        assert visit.get(f"/?token={site.token}").status_code == 303, "the token opens all the same"
        runs.close()
        runs.wait()


def test_where_others_reach_it_the_address_has_to_be_known(
    room: Room, there: StandIn, tmp_path: Path
) -> None:
    file = settings_file(tmp_path, there.issuer)
    with room.book() as book:
        members = Members(file, book.office.note)
        with pytest.raises(UsageError, match=r"192\.0\.2\.1 is an address that"):
            entry(members, Place(host="192.0.2.1", port=8000), print)


def test_a_role_that_is_taken_back_is_gone_at_the_next_click(signing: Signing) -> None:
    owner, grader = entered(signing, "olga"), entered(signing, "gus")
    assert grader.get("/students").status_code == 200
    signing.file.write_text(
        signing.file.read_text("utf-8").replace("graders-mon", "somebody-else"), "utf-8"
    )
    assert grader.get("/students").status_code == 401
    assert owner.get("/students").status_code == 200
    signing.there.user = "gus"
    assert grader.get(back(grader)).status_code == 403
    assert signing.told == []


def test_a_file_with_a_fault_changes_no_role_and_is_told(signing: Signing) -> None:
    owner = entered(signing, "olga")
    signing.file.write_text("issuer: [", "utf-8")
    assert owner.get("/").status_code == 200
    assert owner.get("/").status_code == 200
    [told] = signing.told
    assert told.startswith(f"{signing.file}:1: ")
    assert told.endswith("Roles stay as they were.")


def test_the_provider_is_asked_again_after_a_while(signing: Signing) -> None:
    owner = entered(signing, "olga")
    signing.now[0] = 8 * 3600 - 1
    assert owner.get("/").status_code == 200
    signing.now[0] = 8 * 3600
    assert owner.get("/").status_code == 401


def test_signing_out_ends_it(signing: Signing) -> None:
    owner = entered(signing, "olga")
    stolen = client(signing.site)
    stolen.cookies = owner.cookies
    assert stolen.get("/").status_code == 200
    answer = owner.post("/sign-out", data={"csrf": csrf(owner.get("/").text)}, headers=FORM)
    assert "signed out" in answer.text
    assert f'href="{ORIGIN}/sign-in?next=%2F"' in answer.text
    assert stolen.get("/").status_code == 401


def test_refused_sign_ins_are_counted(signing: Signing) -> None:
    assert isinstance(signing.site, LimitedSite)
    signing.site.clock = lambda: 0.0
    stranger = client(signing.site)
    codes = [stranger.get("/sign-in/callback?state=x").status_code for _ in range(12)]
    assert codes == [403] * 10 + [429] * 2
    assert stranger.get(f"/?token={signing.site.token}").status_code == 429


def test_behind_a_proxy_one_visitor_shuts_out_no_other(
    room: Room, there: StandIn, tmp_path: Path
) -> None:
    place = Place(port=8000, prefix="/class", names=("class.example.org",))
    address = "address: https://class.example.org\n"
    file = settings_file(tmp_path, there.issuer, address + ROLES)
    there.redirects.add("https://class.example.org/class/sign-in/callback")
    with room.book() as book:
        runs = Runs(room.course, room.book)
        site = build(room.course, book, place, runs, ClassDoor(book, Members(file, print)))
        bad = client(site, headers={"X-Forwarded-For": "10.0.0.1, 192.0.2.7"})
        codes = [bad.get("/class/sign-in/callback").status_code for _ in range(11)]
        assert codes == [403] * 10 + [429]
        visit = client(site, "https://class.example.org", headers={
            "X-Forwarded-For": "10.0.0.1, 192.0.2.8", "X-Forwarded-Proto": "https"})  # fmt: skip
        page = visit.get("/class/items")
        assert 'href="https://class.example.org/class/sign-in?next=%2Fclass%2Fitems"' in page.text
        begun = visit.get("/class/sign-in?next=/class/items")
        assert "Secure" in begun.headers["set-cookie"]
        assert "Path=/class/sign-in/callback" in begun.headers["set-cookie"]
        where = httpx.get(begun.headers["location"], trust_env=False).headers["location"]
        assert where.startswith("https://class.example.org/class/sign-in/callback?")
        assert "url=/class/items" in visit.get(where).text
        assert visit.get("/class/items").status_code == 200
        runs.close()
        runs.wait()
