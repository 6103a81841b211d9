"""`grade -v` and WXB_LOG: what is started, what ends and why, on standard error alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from support.commands import Grade

pytestmark = pytest.mark.usefixtures("without_torch")


@pytest.fixture(autouse=True)
def silent_again() -> Iterator[None]:
    """A command ends with its process; here its handler would stay."""
    ours = logging.getLogger("grader")
    yield
    ours.handlers.clear()
    ours.setLevel(logging.NOTSET)


TOLD = (
    "the base is process",
    "judge 1 is process",
    "the zygote is process",
    "worker",
    "judge 1 gets 1 exercises to mark",
    "judge 1 ended: exit status 0",
    "the base has ended",
)


@pytest.mark.parametrize("way", ["-v", "--verbose", "WXB_LOG"])
def test_every_process_is_told_from_start_to_end(
    way: str, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "WXB_LOG":
        monkeypatch.setenv("WXB_LOG", "debug")
    ran = grade(*([way] if way.startswith("-") else []), "length", "--json")
    assert ran.status == 1
    assert ran.out.startswith("{"), "what a program reads stays what it was"
    assert [part for part in TOLD if part not in ran.err] == []


def test_without_being_asked_nothing_is_told(grade: Grade) -> None:
    assert grade("length", "--json").err == ""


def test_a_level_that_there_is_not(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WXB_LOG", "loud")
    ran = grade("list")
    assert (ran.status, ran.err) == (2, "WXB_LOG=loud: expected debug or info\n")
