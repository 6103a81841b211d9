"""GitHub's runner, as far as a composite action and the lines that a step prints need it.

How a line becomes a command is written after actions/runner's own reader (ActionCommand.cs,
ActionCommandManager.cs), and knows nothing of `grader`.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

#: What actions/runner has a command for.
COMMANDS = {
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group",
    "internal-set-repo-path", "notice", "remove-matcher", "save-state", "set-env", "set-output",
    "stop-commands", "warning",
}  # fmt: skip
#: Seconds for one step.
_PATIENCE = 240


class Command(NamedTuple):
    """A command that the runner would carry out."""

    name: str
    properties: dict[str, str]
    data: str


class Step(NamedTuple):
    """One step that was run."""

    id: str
    status: int
    text: str
    outputs: dict[str, str]


def carried_out(text: str) -> list[Command]:
    """The commands in what a step printed, those that stop and resume them included."""
    found: list[Command] = []
    token: str | None = None
    for line in re.split(r"\r\n|\r|\n", text):
        known = COMMANDS | ({token.lower()} if token else set())
        command = _new_style(line, known) or _old_style(line, known)
        if command is None:
            continue
        if token is not None:
            if command.name.lower() == token.lower():
                token = None
                found.append(command)
            continue
        if command.name.lower() == "stop-commands":
            token = command.data
        found.append(command)
    return found


def _new_style(line: str, known: set[str]) -> Command | None:
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, rest = line[2:end].partition(" ")
    if name.lower() not in known:
        return None
    properties = {}
    for part in filter(None, rest.strip().split(",")):
        key, _, value = part.partition("=")
        if key and value:
            properties[key] = _back(value, "\r", "\n", ":", ",", "%")
    return Command(name, properties, _back(line[end + 2 :], "\r", "\n", "%"))


def _old_style(line: str, known: set[str]) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, rest = line[start + 3 : end].partition(" ")
    if name.lower() not in known:
        return None
    pairs = (part.partition("=") for part in filter(None, rest.split(";")))
    properties = {key: _back(value, ";", "\r", "\n", "]", "%") for key, _, value in pairs}
    return Command(name, properties, _back(line[end + 1 :], ";", "\r", "\n", "]", "%"))


def _back(text: str, *tokens: str) -> str:
    for token in tokens:
        text = text.replace(f"%{ord(token):02X}", token)
    return text


def run_action(
    action: Path,
    workspace: Path,
    temp: Path,
    inputs: Mapping[str, str],
    skip: Sequence[str] = (),
) -> list[Step]:
    """Run the `run` steps of a composite action, one after the other, up to one that fails.

    Args:
        action: the folder of action.yml.
        workspace: the checkout that the job works in.
        temp: RUNNER_TEMP; the summary is written to `summary.md` in it.
        skip: ids of steps that are left out.
    """
    described = yaml.safe_load((action / "action.yml").read_text("utf-8"))
    unknown = inputs.keys() - described["inputs"].keys()
    assert not unknown, unknown
    given = {
        name: inputs.get(name, str(each.get("default", "")))
        for name, each in described["inputs"].items()
    }
    done: list[Step] = []
    for step in described["runs"]["steps"]:
        if "run" not in step or step["id"] in skip:
            continue
        done.append(_run(step, action, workspace, temp, _values(given, done)))
        if done[-1].status:
            break
    return done


def _values(inputs: Mapping[str, str], done: Sequence[Step]) -> dict[str, str]:
    """What an expression may name."""
    found = {f"inputs.{name}": value for name, value in inputs.items()}
    for step in done:
        found |= {f"steps.{step.id}.outputs.{key}": value for key, value in step.outputs.items()}
    return found


def _run(
    step: Mapping[str, Any], action: Path, workspace: Path, temp: Path, values: dict[str, str]
) -> Step:
    assert step["shell"] == "bash"
    script, output = temp / f"{step['id']}.sh", temp / f"{step['id']}.output"
    script.write_text(step["run"], "utf-8")
    output.touch()
    ours = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(temp / "summary.md"),
        "GITHUB_WORKSPACE": str(workspace),
        "RUNNER_TEMP": str(temp),
    }
    env = {name: _filled(text, values) for name, text in step.get("env", {}).items()}
    # As the runner does: both streams are read as they come.
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
        cwd=workspace,
        env={**os.environ, **ours, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_PATIENCE,
        check=False,
    )
    lines = output.read_text("utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    return Step(step["id"], ran.returncode, ran.stdout.decode("utf-8", "replace"), outputs)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A value with its `${{ … }}` filled in; a name that is not there is empty."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: values.get(found[1], ""), str(text))
