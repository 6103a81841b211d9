"""CONTRIBUTING's "Add an exercise in five steps", carried out as it is written."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from support.places import ROOT

pytestmark = pytest.mark.usefixtures("without_torch")

TREES = ("exercises", "solutions", "misconceptions", "tests/hidden", "tests/accepts")


def test_the_five_steps_lead_to_a_proved_exercise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from grader.cli.app import app

    def grade(*args: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as stop:
            app(list(args), prog_name="grade")
        printed = capsys.readouterr()
        return stop.value.code, printed.out + printed.err

    for tree in TREES:
        shutil.copytree(ROOT / tree, tmp_path / tree)
    shutil.copy(ROOT / "course.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    steps = text[text.index("## Add an exercise in five steps") :]

    status, told = grade("new", "01_vectors/largest")
    assert status == 0
    assert "to write" in told
    status, told = grade("check", "largest")
    assert status == 2
    assert "still says TODO" in told

    blocks = re.findall(r"^   ```python\n   # (\S+)\n(.*?)^   ```$", steps, re.M | re.S)
    assert len(blocks) == 4
    for name, block in blocks:
        assert (tmp_path / name).is_file(), f"`grade new` did not write {name}"
        (tmp_path / name).write_text(textwrap.dedent(block), "utf-8")
    points = re.search(r"`tests: (\{.*?\})`", steps)
    assert points is not None
    entry = (tmp_path / "course.yaml").read_text("utf-8")
    head, _, tail = entry.partition("- id: largest")
    tail = tail.replace("title: TODO", "title: Which component is largest?", 1)
    tail = re.sub(r"tests:\n\s+test_largest: 1", f"tests: {points[1]}", tail, count=1)
    (tmp_path / "course.yaml").write_text(f"{head}- id: largest{tail}", "utf-8")

    assert grade("sync")[0] == 0
    status, told = grade("check", "largest")
    assert (status, "1 exercise proved" in told) == (0, True), told
