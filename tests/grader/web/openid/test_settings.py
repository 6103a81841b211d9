"""The file that says who signs in and as what: mistakes by their lines, claims to the letter."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from grader.errors import UsageError
from grader.web.openid.settings import Grant, Secret, Settings, is_safe_url, read_settings
from support.places import ROOT

HEAD = "issuer: https://login.example.edu/realms/main\nclient: wxb\n"
OWNER = "roles:\n- role: owner\n  where: {sub: '1'}\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "sign-in.yaml"
    file.write_text(text, "utf-8")
    file.chmod(0o644)
    return file


def settings(folder: Path, roles: str) -> Settings:
    return read_settings(written(folder, f"{HEAD}roles:\n{roles}"))


def test_a_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WXB_OIDC_SECRET", "hush\n")
    more = ("secret_env: WXB_OIDC_SECRET\naddress: https://Class.example.edu/\nwho: uid\n"
            "scopes: [groups]\nlasts: 30min\n")  # fmt: skip
    found = read_settings(written(tmp_path, HEAD + more + OWNER))
    assert found.issuer == "https://login.example.edu/realms/main"
    assert found.address == "https://class.example.edu"
    assert found.scopes == ("openid", "groups")
    assert found.lasts == timedelta(minutes=30)
    assert found.secret is not None
    assert found.secret.reveal() == "hush"
    assert "hush" not in repr(found)
    assert found.names == {"uid", "sub"}


def test_the_file_of_the_documentation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WXB_OIDC_SECRET", "hush")
    text = (ROOT / "docs" / "instructors.md").read_text("utf-8")
    [block] = [b for b in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "issuer" in b]
    found = read_settings(written(tmp_path, block))
    grader = {"groups": ["/la1/graders-a"], "realm_access": {"roles": ["staff"]}}
    assert found.grant(grader) == Grant("grader", ("Monday", "Tuesday"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1: the file is empty"),
        ("issuer: x\n", ":1: issuer: expected an address like"),
        ("issuer: http://login.example.edu\n", ":1: issuer: expected"),
        (HEAD, ":1: roles is missing."),
        (HEAD + "roles: []\n", ":3: roles: expected at least one."),
        (HEAD + "rolls: []\n" + OWNER, ":3: unknown key rolls; there are issuer"),
        (HEAD + "client: again\n" + OWNER, "client is there twice"),
        (HEAD + "address: class.example.edu\n" + OWNER, ":3: address: expected scheme and host"),
        (HEAD + "address: https://a.example/b\n" + OWNER, ":3: address: expected scheme and host"),
        (HEAD + "lasts: 30d\n" + OWNER, ":3: lasts: expected 1min to 7d."),
        (HEAD + "secret: hush\n" + OWNER, ":3: unknown key secret; there are"),
        (HEAD + "secret_env: A\nsecret_file: b\n" + OWNER, ":4: name secret_env or secret_file"),
        (HEAD + "secret_env: WXB_NO\n" + OWNER, "WXB_NO: the secret of client wxb is not there."),
        (HEAD + "roles:\n- role: boss\n  where: {sub: x}\n", ":4: role: expected 'owner'"),
        (HEAD + "roles:\n- role: owner\n", ":4: where is missing."),
        (HEAD + "roles:\n- role: owner\n  where: {}\n", ":5: where: expected at least one."),
        (HEAD + "roles:\n- role: owner\n  where: {sub: []}\n", ":5: sub: expected at least one;"),
        (HEAD + "roles:\n- role: owner\n  where: {sub: }\n", ":5: sub: expected at least one;"),
        (HEAD + "roles:\n- role: owner\n  where: {sub: ''}\n", ":5: 0: expected text."),
        (HEAD + OWNER + "  sections: [a]\n", ":6: only a grader can be limited to sections"),
        (HEAD + "roles:\n- role: grader\n  sections: []\n  where: {sub: x}\n", ":5: sections: "),
        ("- a\n", ":1: the file: expected a mapping."),
        ("\x00", "sign-in.yaml"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError) as error:
        read_settings(written(tmp_path, text))
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_others_can_change_is_not_believed(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + OWNER)
    file.chmod(0o666)
    with pytest.raises(UsageError, match="others can change it; first: chmod go-w"):
        read_settings(file)
    with pytest.raises(UsageError, match="No such file"):
        read_settings(tmp_path / "none")
    with pytest.raises(UsageError, match="it is no file"):
        read_settings(tmp_path)


def test_a_secret_that_others_can_read_is_none(tmp_path: Path) -> None:
    secret = tmp_path / "hush"
    secret.write_text("hush", "utf-8")
    secret.chmod(0o644)
    file = written(tmp_path, HEAD + "secret_file: hush\n" + OWNER)
    with pytest.raises(UsageError, match="others can read or change it; first: chmod go="):
        read_settings(file)
    secret.chmod(0o600)
    found = read_settings(file).secret
    assert isinstance(found, Secret)
    secret.write_text("a\nb", "utf-8")
    with pytest.raises(UsageError, match="that is no secret"):
        read_settings(file)


RULES = """
- role: viewer
  where: {hd: example.edu}
- role: grader
  sections: [mon]
  where: {groups: [a, b], active: 'true'}
- role: grader
  sections: ['01']
  where: {realm_access.roles: grade}
- role: owner
  where: {'https://example.edu/role': head}
- role: grader
  where: {level: 3}
"""


@pytest.mark.parametrize(
    ("claims", "grant"),
    [
        ({}, None),
        ({"hd": "example.edu"}, Grant("viewer")),
        ({"hd": "EXAMPLE.edu"}, None),
        ({"hd": ["x", "example.edu"]}, Grant("viewer")),
        ({"hd": {"example.edu": 1}}, None),
        ({"hd": None}, None),
        ({"groups": ["b"], "active": True}, Grant("grader", ("mon",))),
        ({"groups": ["b"], "active": False}, None),
        ({"groups": "ab", "active": True}, None),
        ({"realm_access": {"roles": ["x", "grade"]}}, Grant("grader", ("01",))),
        ({"realm_access": ["roles"]}, None),
        ({"realm_access.roles": ["grade"]}, Grant("grader", ("01",))),
        (
            {"realm_access": {"roles": ["grade"]}, "groups": ["a"], "active": True},
            Grant("grader", ("mon", "01")),
        ),
        ({"realm_access": {"roles": ["grade"]}, "level": 3}, Grant("grader")),
        ({"level": "3", "hd": "example.edu"}, Grant("grader")),
        ({"level": 3.0}, None),
        ({"https://example.edu/role": "head", "hd": "example.edu", "level": 3}, Grant("owner")),
    ],
)
def test_the_highest_role_that_fits_and_all_its_sections(
    tmp_path: Path, claims: dict[str, Any], grant: Grant | None
) -> None:
    assert settings(tmp_path, RULES).grant(claims) == grant


@pytest.mark.parametrize(
    ("claims", "fits"),
    [
        ({"email": "ann@example.edu", "email_verified": True}, True),
        ({"email": "ANN@example.edu", "email_verified": "true"}, True),
        ({"email": "ann@example.edu", "email_verified": False}, False),
        ({"email": "ann@example.edu", "email_verified": 1}, False),
        ({"email": "ann@example.edu", "email_verified": "no"}, False),
        ({"email": "ann@example.edu"}, False),
    ],
)
def test_an_address_is_somebodys_only_where_it_was_proved(
    tmp_path: Path, claims: dict[str, Any], fits: bool
) -> None:
    found = settings(tmp_path, "- role: owner\n  where: {email: Ann@example.edu}\n")
    assert (found.grant(claims) is not None) is fits


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://a.example", True), ("http://127.0.0.1:80/x", True), ("http://[::1]:1", True),
        ("http://localhost", True), ("http://a.example", False), ("http://127.0.0.1.evil", False),
        ("https://", False), ("https://user@a.example", False), ("javascript:x", False),
        ("ftp://127.0.0.1", False), ("https://[", False), ("", False),
        ("https://a\n.example", False),
    ],
)  # fmt: skip
def test_what_is_said_there_stays_there(url: str, is_safe: bool) -> None:
    assert is_safe_url(url) is is_safe
