"""The visualizers' files: right arithmetic, code that runs, light."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.errors import UsageError
from grader.web.lessons.widgets import assets
from support import geometry, needs
from support.places import ROOT

SOURCES = ROOT / "grader" / "web" / "lessons" / "widgets" / "src"
SCRIPTS = Path(__file__).parent / "js"
#: Bytes over the wire of one visualizer with all that it shares.
MOST = 27_000

#: What a strict policy refuses, what could turn text into elements, and what leaves the machine.
REFUSED = (
    "eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
    "https:",
)  # fmt: skip

node = needs.program("node", "nodejs")


def run(*command: str | Path, **more: str) -> str:
    done = subprocess.run(
        ["node", *map(str, command)],
        env=os.environ | {"WXB_SRC": str(SOURCES)} | more,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@node
def test_arithmetic_agrees_with_numpy(tmp_path: Path) -> None:
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps(geometry.cases()))
    run("--test", SCRIPTS / "geometry.test.js", WXB_CASES=str(cases))


@node
def test_states_goals_questions_and_hosts() -> None:
    run("--test", SCRIPTS / "widgets.test.js")


@pytest.fixture(scope="module")
def programs() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(SCRIPTS / "programs.js"))
    assert len(found) > 60
    return found


def printed(program: str) -> list[Any]:
    kept: list[Any] = []
    exec(program, {"print": kept.append})
    return kept


def as_shown(value: Any, shown: list[Any], what: str) -> None:
    np.testing.assert_allclose(
        np.asarray(value, dtype=float), np.asarray(shown[0], dtype=float), atol=1e-6, err_msg=what
    )


@node
def test_what_is_copied_as_numpy_gives_what_is_shown(programs: list[dict[str, Any]]) -> None:
    for each in programs:
        if each["shown"] == "error":
            with pytest.raises(ValueError, match=r"shape|reshape|broadcast|mismatch|matmul"):
                printed(each["numpy"])
            continue
        with np.errstate(invalid="ignore"):  # zero has no direction, and no cosine
            values = printed(each["numpy"])
        if each["shown"] == [None]:
            assert np.isnan(values[0]).all(), each["what"]
        elif isinstance(each["shown"], list):
            as_shown(values[0], each["shown"], each["what"])


@node
@needs.torch
def test_what_is_copied_as_pytorch_gives_what_is_shown(programs: list[dict[str, Any]]) -> None:
    for each in programs:
        if each["shown"] in ("error", "copy"):
            with pytest.raises(RuntimeError, match=r"shape|size|view|invalid|match"):
                printed(each["torch"])
        else:
            values = printed(each["torch"])
            if isinstance(each["shown"], list) and each["shown"] != [None]:
                as_shown(values[0].numpy(), each["shown"], each["what"])


def test_each_visualizer_is_one_light_file_that_imports_nothing() -> None:
    assert len(assets.visualizers()) == 7
    for visualizer in assets.visualizers().values():
        text = visualizer.path.read_text("utf-8")
        assert len(gzip.compress(text.encode(), 9)) < MOST, visualizer.name
        assert not [line for line in text.splitlines() if line.startswith("import")]
        assert "export default" in text


def test_nothing_in_them_is_refused_by_a_strict_policy() -> None:
    for path in assets.FOLDER.glob("*.js"):
        text = path.read_text("utf-8")
        for word in REFUSED:
            assert word not in text, f"{path.name}: {word}"
        assert 'setAttribute("style"' not in text


def test_a_visualizer_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"no visualizer 'warp2'; there are broadcast, dot"):
        assets.get("warp2")


def test_all_files_that_pages_load_are_there() -> None:
    files = {path.name for path in assets.FOLDER.iterdir()}
    names = {f"{name}.js" for name in assets.visualizers()}
    assert files == {*names, assets.PAGE, assets.CLASSIC, "states.json"}
