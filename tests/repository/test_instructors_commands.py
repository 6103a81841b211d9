"""docs/instructors.md: its commands are ones that there are, with options that they have."""

from __future__ import annotations

import re
import shlex

import pytest
import typer.main

from grader.cli.app import app
from support.places import ROOT

TEXT = (ROOT / "docs" / "instructors.md").read_text("utf-8")
LINES = re.findall(r"(?m)^\$ grade (.*)$", TEXT)
COMMANDS = typer.main.get_group(app).commands


@pytest.mark.parametrize("line", LINES)
def test_command(line: str) -> None:
    name, *rest = shlex.split(line, comments=True)
    options = {option for param in COMMANDS[name].params for option in param.opts}
    assert {word for word in rest if word.startswith("--")} <= options


def test_there_are_commands() -> None:
    assert {line.split()[0] for line in LINES} >= {"collect", "export", "feedback"}
