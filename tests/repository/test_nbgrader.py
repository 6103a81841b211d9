"""docs/nbgrader.md: what an instructor and a student type works as it is written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from grader.cli.app import app
from grader.platforms.nbgrader.build import build
from support.nbgrading import Teaching, handed_in
from support.places import ROOT

TEXT = (ROOT / "docs" / "nbgrader.md").read_text("utf-8")
BLOCKS = [
    re.findall(r"(?m)^\$ (.*)$", block)
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
]
UNIT = "01_vectors"


def lines(first: str) -> list[str]:
    """The block of commands that begins like this."""
    [found] = [block for block in BLOCKS if block[0].startswith(first)]
    return found


def test_the_commands_of_ours_are_there() -> None:
    [line] = [line for block in BLOCKS for line in block if line.startswith("grade nbgrader build")]
    group = typer.main.get_group(app).commands["nbgrader"]
    options = {o for p in group.commands["build"].params for o in p.opts}  # type: ignore[attr-defined]
    assert {word for word in line.split() if word.startswith("--")} <= options


class Typing:
    """Lines typed into a shell, in a folder that `cd` changes, with this environment's programs."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder = folder
        bin_ = Path(sys.executable).parent
        self.env = env | {"PATH": f"{bin_}{os.pathsep}{env['PATH']}"}

    def __call__(self, line: str) -> str:
        if line.startswith("cd "):
            self.folder /= line[3:]
            return ""
        ran = subprocess.run(
            line, shell=True, cwd=self.folder, env=self.env, capture_output=True, text=True,
            timeout=600,
        )  # fmt: skip
        assert ran.returncode == 0, f"{line}\n{ran.stdout}{ran.stderr}"
        return ran.stdout + ran.stderr


@pytest.mark.long
def test_the_first_class(tmp_path: Path) -> None:
    """From the course to a page for each student, line by line."""
    taught = Teaching(ROOT, tmp_path / "other")  # its notebooks, and a Jupyter of its own
    taught.run("generate_assignment", UNIT)
    typed = Typing(tmp_path, taught.env)
    course = f"--course {ROOT}"
    for line in lines("grade nbgrader build"):
        typed(f"{line} {course}" if line.startswith("grade") else line)
        if line.startswith("nbgrader generate_assignment"):
            place = typed.folder / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb"
            place.parent.mkdir(parents=True)
            place.write_text(json.dumps(handed_in(taught)["right"].content), "utf-8")
    assert "12.0,12.0" in (typed.folder / "grades.csv").read_text()
    page = typed.folder / "feedback" / "ada" / UNIT / f"{UNIT}.html"
    assert "<strong>3 of 3</strong>" in page.read_text("utf-8")


@pytest.mark.long
def test_through_the_exchange(tmp_path: Path) -> None:
    """Released, fetched, validated, handed in, collected, marked, handed back."""
    taught = Teaching(ROOT, tmp_path / "teaching")
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    config = Path(taught.env["JUPYTER_CONFIG_DIR"])
    config.mkdir(parents=True)
    (config / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n"
        f"c.Exchange.cache = {str(tmp_path / 'cache')!r}\n"
    )
    spec = Path(taught.env["JUPYTER_DATA_DIR"]) / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "test", "language": "python"}))
    (tmp_path / "home").mkdir(exist_ok=True)
    instructor = Typing(taught.root, taught.env)
    pupil = tmp_path / "pupil"
    pupil.mkdir()
    student = Typing(pupil, taught.env)
    release, *after = lines("nbgrader release_assignment")
    fetch, validate, submit, fetch_back = lines("nbgrader fetch_assignment")
    instructor(f"nbgrader generate_assignment {UNIT}")
    instructor(release)
    student(fetch)
    place = pupil / UNIT / f"{UNIT}.ipynb"
    place.write_text(json.dumps(handed_in(taught)["half"].content), "utf-8")
    assert "VALIDATION FAILED ON 3 CELL(S)" in student(validate)
    student(submit)
    for line in after:
        instructor(line)
    student(fetch_back)
    [page] = pupil.rglob("*.html")
    assert "<strong>3 of 3</strong>" in page.read_text("utf-8")
    assert [sum(scores.values()) for scores in taught.marks().values()] == [3.0]  # type: ignore[arg-type]


def test_building_again_is_what_the_page_says(tmp_path: Path) -> None:
    taught = Teaching(ROOT, tmp_path / "teaching")
    assert build(taught.course, taught.root, [UNIT]).written == ()
