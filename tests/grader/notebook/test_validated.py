"""`nbgrader validate`, as a student runs it: an empty, a half-done and a right notebook."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from grader.notebook import check, validated
from support.nbgrading import Teaching, handed_in, two


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the real command says of each notebook, beside the handout of its unit."""
    root = tmp_path_factory.mktemp("validate")
    teaching = Teaching(two(root / "course"), root / "teaching")
    teaching.run("generate_assignment", teaching.unit)
    folder = root / "teaching" / "release" / teaching.unit
    spec = root / "home" / "jupyter_data_dir" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "test", "language": "python"}))
    everybody = handed_in(teaching)
    found = {}
    for name in ("untouched", "half", "right"):
        (folder / f"{name}.ipynb").write_text(json.dumps(everybody[name].content))
    for name in ("untouched", "half", "right"):
        found[name] = teaching.run("validate", f"{name}.ipynb", cwd=folder)
    return found


@pytest.mark.long
def test_validate_tells_the_truth(said: dict[str, str]) -> None:
    assert "VALIDATION FAILED ON 2 CELL(S)!" in said["untouched"]
    assert "VALIDATION FAILED ON 1 CELL(S)!" in said["half"]
    assert "Success! Your notebook passes all the tests." in said["right"]
    assert 'check("twice")' in said["half"]
    assert 'check("sums")' not in said["half"]


@pytest.mark.long
def test_what_is_said_is_ours_and_whole(said: dict[str, str]) -> None:
    for name in ("untouched", "half"):
        assert "twice: Twice? (not begun) 0 of 2 examples" in said[name]
        assert "The hidden tests run after you hand in." in said[name]
        assert "grade pack" not in said[name]
        assert "Traceback" not in said[name]
    assert not [line for text in said.values() for line in text.splitlines() if line[-3:] == "..."]
    assert "float" not in said["right"]


def test_whatever_keeps_a_check_from_being_made_is_raised_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(validated.NotPassed, match="this is no notebook") as error:
        check("sums", course=tmp_path)
    lines = error.value._render_traceback_()
    assert len(lines) > 1
    assert max(map(len, lines)) <= 82
    assert " ".join(lines) == str(error.value)


def test_lines_are_broken_and_tables_are_not() -> None:
    long = "    " + "word " * 30
    error = validated.NotPassed(f"short\n\n{long}\n    1  2")
    lines = error._render_traceback_()
    assert lines[:2] == ["short", ""]
    assert lines[-1] == "    1  2"
    assert all(line.startswith("    word") for line in lines[2:-1])


def test_outside_of_nbgrader_nothing_changes() -> None:
    assert not os.environ.get("NBGRADER_EXECUTION")
    assert not validated.is_running()
