"""What the shell completes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "expected"),
    [("grade le", "length"), ("grade hint le", "length"), ("grade run 01", "01_a"),
     ("grade wa", "watch"), ("grade pack --without l", "length")],
)  # fmt: skip
def test_completion(
    course_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    expected: str,
) -> None:
    from grader.cli.app import app

    monkeypatch.chdir(course_dir / "exercises")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    monkeypatch.setenv("_GRADE_COMPLETE", "complete_bash")
    with pytest.raises(SystemExit):
        app([], prog_name="grade")
    assert expected in capsys.readouterr().out.split()


def test_completion_without_a_course_is_silent(tmp_path: Path, monkeypatch: Any) -> None:
    from grader.cli.options import complete_exercise

    monkeypatch.chdir(tmp_path)
    assert complete_exercise("le") == []
