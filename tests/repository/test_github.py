"""docs/github.md: its commands work as they are written, its workflows use what action.yml has."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import needs
from support.commands import Ran, grade_in
from support.courses import length
from support.places import ROOT
from support.runner import carried_out

TEXT = (ROOT / "docs" / "github.md").read_text("utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
CONSOLES = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
WORKFLOWS = [yaml.safe_load(each) for each in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)]
ROSTER = "student,name,github\ndoe,Jane Doe,jane-d\nroe,Rick Roe,rick\n"


def git(folder: Path, *words: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        own |= {f"GIT_{role}_NAME": "a", f"GIT_{role}_EMAIL": "a@example.org"}
    subprocess.run(
        ["git", "-C", folder, *words], check=True, env=os.environ | own, capture_output=True
    )


@needs.lock
def test_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    monkeypatch.chdir(length.write(tmp_path / "course"))
    Path("class.csv").write_text(ROSTER, "utf-8")
    grade = grade_in(capsys)
    ran: dict[str, Ran] = {}
    lines = [line.removeprefix("$ ") for line in CONSOLES[0].splitlines()]
    assert len(lines) == 5
    for line in lines:
        words = shlex.split(line)[1:]
        ran[words[0]] = grade(*words)
        assert ran[words[0]].status == 0, (line, ran[words[0]].err)
        if words[0] == "release":
            push_and_clone(Path("starter"), Path("clones"))
            again = grade(*words)  # a newer one
            assert again.status == 0
            assert Path("starter/.github/workflows/wxb.yml").is_file()
    assert "2 of 2 hand-ins" in ran["batch"].out
    assert re.search(r"(?m)^ *Jane Doe.* 2\.5 of 2\.5$", ran["marks"].out), ran["marks"].out
    assert re.search(r"(?m)^ *Rick Roe.* 0 of 2\.5$", ran["marks"].out), ran["marks"].out
    assert Path("feedback/doe.html").is_file()


def push_and_clone(starter: Path, clones: Path) -> None:
    """What is done between the first command and the second."""
    workflow = starter / ".github" / "workflows" / "wxb.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[0], "utf-8")
    git(starter, "init", "-q")
    git(starter, "add", "-A")
    git(starter, "commit", "-qm", "Begin")
    clones.mkdir()
    for user in ("jane-d", "rick"):
        git(clones, "clone", "-q", str(starter.resolve()), f"vectors-{user}")
    shutil.rmtree(starter / ".git")
    length.solve(clones / "vectors-jane-d")
    git(clones / "vectors-jane-d", "commit", "-qam", "Done")


def test_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(length.write(tmp_path))
    length.solve(tmp_path, "(v**2).sum()", "v.sum()")
    grade = grade_in(capsys)
    first, second = (shlex.split(line)[2:] for line in CONSOLES[-1].splitlines())
    assert first[-2:] == [">", "report.json"]
    Path("report.json").write_text(grade(*first[:-2]).out, "utf-8")
    ran = grade(*second)
    assert (ran.status, ran.err) == (1, "")
    assert carried_out(ran.out)[0].properties["file"] == "exercises/01_a/length.py"
    assert "### length" in Path("summary.md").read_text("utf-8")


def steps() -> list[dict[str, Any]]:
    return [step for flow in WORKFLOWS for job in flow["jobs"].values() for step in job["steps"]]


def test_workflows_use_what_the_action_has() -> None:
    ours = [step for step in steps() if step["uses"].startswith("ORG/wxb@")]
    assert len(ours) == 2
    for step in ours:
        assert step.get("with", {}).keys() <= ACTION["inputs"].keys()
    outputs = set(re.findall(r"steps\.wxb\.outputs\.(\w+)", TEXT))
    assert outputs == ACTION["outputs"].keys()
    told = set(re.findall(r"`([\w-]+)`", "".join(re.findall(r"(?m)^\| (`[^|]*) \|", TEXT))))
    assert told == ACTION["inputs"].keys()


def test_a_student_s_workflow_has_no_secret_and_no_course() -> None:
    text = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[0]
    assert "secrets." not in text
    assert "course" not in text
    assert all(flow["permissions"] == {"contents": "read"} for flow in WORKFLOWS)
