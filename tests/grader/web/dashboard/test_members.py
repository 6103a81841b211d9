"""Who signed in: a name that can stand in a log, a role that can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.classroom.gradebook.office import Noted
from grader.web.dashboard import members as module
from grader.web.dashboard.members import Members
from grader.web.door import TurnedAway
from support.providers import settings_file

ISSUER = "https://login.example.edu"
GUS: dict[str, Any] = {"sub": "7", "preferred_username": "gus", "groups": ["graders-mon"]}


@pytest.fixture
def log() -> list[Noted]:
    return []


@pytest.fixture
def members(tmp_path: Path, log: list[Noted]) -> Members:
    return Members(settings_file(tmp_path, ISSUER), log.append)


def test_a_name_is_one_short_line(members: Members, log: list[Noted]) -> None:
    hostile = "a\x00\u202e\nb" + "c" * 500
    found = members.admit(GUS | {"preferred_username": hostile, "sub": "\x00" * 500})
    assert found.name == "a???b" + "c" * 95
    assert log[0].who == found.name
    assert len(log[0].what) < 200
    assert "\x00" not in log[0].what


@pytest.mark.parametrize("name", [None, "", " ", [], ["a", "b"], {"a": 1}, 1.5])
def test_who_has_no_name_is_not_let_in(members: Members, log: list[Noted], name: object) -> None:
    with pytest.raises(TurnedAway, match="known by no preferred_username"):
        members.admit(GUS | {"preferred_username": name})
    assert log == []


def test_each_sign_in_is_of_its_own_and_only_so_many_are_kept(
    members: Members, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_EACH", 2)
    other = members.admit(GUS | {"sub": "8"})
    first, second, third = (members.admit(GUS) for _ in range(3))
    assert [members.grant(each) is None for each in (first, second, third, other)] == [
        True, False, False, False
    ]  # fmt: skip
    monkeypatch.setattr(module, "_MOST", 3)
    members.admit(GUS | {"sub": "9"})
    assert members.grant(other) is None
    assert members.grant(second) is not None
    assert members.names() == {"gus"}


def test_sections_that_a_class_does_not_have(members: Members) -> None:
    assert members.lacking({"mon", "tue"}) == []
    assert members.lacking({"monday", "Mon"}) == ["mon"], "to the letter"
