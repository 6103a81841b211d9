"""The door of who works alone."""

from __future__ import annotations

import pytest

from grader.web.door import Identity, OneToken


def test_one_token_opens_and_no_other() -> None:
    door = OneToken(Identity(key="me", name="Ann"))
    found = door.authenticate(door.token)
    assert found == Identity(key="me", name="Ann")
    assert door.holds(found)
    assert not door.holds(Identity(key="you"))
    assert len(door.token) >= 40
    assert door.token != OneToken().token


@pytest.mark.parametrize("token", ["", "x", "ü" * 43, "\ud800"])
def test_what_is_no_token_opens_nothing(token: str) -> None:
    assert OneToken().authenticate(token) is None
