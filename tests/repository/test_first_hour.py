"""The first hour of an instructor, as README has it: from the LMS's zip to marks."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from pathlib import Path

import pytest

from support.commands import grade_in
from support.places import ROOT

TREES = ("data", "exercises", "misconceptions", "solutions", "tests/hidden", "examples/class")


def commands() -> list[list[str]]:
    """The block of README that begins with `grade collect`."""
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"(?ms)^```console\n(\$ grade collect .*?)^```", readme)
    assert len(blocks) == 1
    return [shlex.split(line.removeprefix("$ grade ")) for line in blocks[0].splitlines()]


def test_it_goes_as_it_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for tree in TREES:
        shutil.copytree(ROOT / tree, tmp_path / tree)
    shutil.copy(ROOT / "course.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data folder"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    grade = grade_in(capsys)
    outs = {}
    for words in commands():
        if words[0] == "batch" and importlib.util.find_spec("torch") is None:
            words += ["--without", "torch"]  # as the command itself would say
        ran = grade(*words)
        assert ran.status == 0, ran.err
        outs[words[0]] = ran.out
    assert list(outs) == ["collect", "batch", "marks"]
    assert "39 of 39 hand-ins" in outs["batch"]
    assert "40 students. Gradebook: " in outs["marks"]
    marks = re.findall(r"(?m) ([\d.]+) of ([\d.]+)$", outs["marks"])
    assert len(marks) == 40
    assert len({earned for earned, _ in marks}) > 5
