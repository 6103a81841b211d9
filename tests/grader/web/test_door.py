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


def test_a_token_for_a_command_line_opens_once_and_soon() -> None:
    now = [0.0]
    door = OneToken(clock=lambda: now[0])
    first, second, third = (door.once() for _ in range(3))
    assert len({first, second, third, door.token}) == 4
    assert door.authenticate(first) is not None
    assert door.authenticate(first) is None
    now[0] = 119.0
    assert door.authenticate(second) is not None
    now[0] = 120.0
    assert door.authenticate(third) is None
    assert door.authenticate(door.token) is not None


@pytest.mark.parametrize("token", ["", "x", "ü" * 43, "\ud800"])
def test_what_is_no_token_opens_nothing(token: str) -> None:
    assert OneToken().authenticate(token) is None
