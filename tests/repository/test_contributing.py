"""CONTRIBUTING's "Add an exercise in six steps", carried out as it is written."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

import pytest

from support.places import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
STEPS = TEXT[TEXT.index("## Add an exercise in six steps") : TEXT.index("## What a docstring lets")]
#: A row of docs/concepts.md.
ROW = re.compile(r"\| (\d+) \| (.+?) \| \[(.+?)\]\((.+?)#(.+?)\) \| `(\w+)` \| (.+?) \|")
#: (language, text) of the blocks in the steps.
BLOCKS = [
    (language, textwrap.dedent(block))
    for language, block in re.findall(r"^   ```(\w+)\n(.*?)^   ```$", STEPS, re.M | re.S)
]


def files() -> dict[str, str]:
    """The files that the steps write."""
    heads = [block.partition("\n") for language, block in BLOCKS if language == "python"]
    return {head.removeprefix("# "): rest for head, _, rest in heads}


def entered(course: str) -> str:
    """course.yaml with the entry of `grade new` filled as the first step says."""
    (keys,) = (block for language, block in BLOCKS if language == "yaml")
    head, _, tail = course.partition("- id: largest\n")
    rest = re.sub(r"\A *title: TODO\n *tests:\n *test_largest: 1\n", "", tail)
    assert rest != tail
    return f"{head}- id: largest\n{textwrap.indent(keys, ' ' * 8)}{rest}"


@pytest.mark.usefixtures("without_torch")
def test_the_steps_lead_to_a_proved_exercise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a new course, so that they can be carried out in this one, too."""
    from grader.cli.app import app

    def grade(*args: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as stop:
            app(list(args), prog_name="grade")
        printed = capsys.readouterr()
        return stop.value.code, printed.out + printed.err

    assert grade("new", "course", str(tmp_path / "new"))[0] == 0
    monkeypatch.chdir(tmp_path / "new")
    status, told = grade("new", "01_vectors/largest")
    assert status == 0
    assert "to write" in told
    status, told = grade("check", "largest")
    assert status == 2
    assert "still says TODO" in told

    for name, text in files().items():
        is_more = name.startswith("tests/accepts")
        assert is_more or Path(name).is_file(), f"`grade new` did not write {name}"
        Path(name).write_text(text, "utf-8")
    course = Path("course.yaml")
    course.write_text(entered(course.read_text("utf-8")), "utf-8")

    assert grade("sync")[0] == 0
    for option in ((), ("--contract",)):
        status, told = grade("check", "largest", *option)
        assert (status, "1 exercise proved" in told) == (0, True), told


def test_the_example_keeps_the_rules_of_this_course() -> None:
    """Those of tests/repository/test_course.py and test_concepts.py."""
    written = files()
    ideas = ast.parse(written["misconceptions/01_vectors/largest.py"])
    assert sum(isinstance(node, ast.ClassDef) for node in ideas.body) >= 4
    assert sum(name.startswith("tests/accepts/01_vectors/largest/") for name in written) >= 3
    assert "torch" in written["solutions/01_vectors/largest.py"]
    line, row = (block.strip() for language, block in BLOCKS if language == "markdown")
    assert re.fullmatch(r"- \[`largest`\]\(01_vectors/largest\.py\): .+", line)
    found = ROW.fullmatch(row)
    assert found is not None
    tests = re.findall(r"(?m)^def (test_\w+)", written["tests/hidden/01_vectors/test_largest.py"])
    assert re.findall(r"`(\w+)`", found[7]) == tests
    lesson = (ROOT / "docs" / found[4]).resolve().read_text("utf-8")
    assert f"## {found[3]}\n" in lesson
