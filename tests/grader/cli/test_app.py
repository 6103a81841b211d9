"""The command itself: its entry, its help, mistyped words, and mistakes of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Grade


def test_the_entry_of_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    from grader import cli

    monkeypatch.setattr(sys, "argv", ["grade", "--version"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert not stop.value.code
    assert capsys.readouterr().out.startswith("wxb ")


def test_a_mistyped_command(grade: Grade) -> None:
    assert "Did you mean watch?" in grade("wacth").err


def test_a_mistake_of_ours_is_no_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from grader import cli
    from grader.cli import app

    def broken(**_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(app, "app", broken)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 3
    assert "KeyError: 'ours'\n\nPlease report this" in capsys.readouterr().err


def test_the_wrong_folder_says_where_it_looked(
    grade: Grade, course_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course_dir.parent)
    ran = grade("list")
    assert ran.status == 2
    assert "course.yaml" in ran.err
    assert str(course_dir.parent) in ran.err


def test_version_and_help_do_not_load_numpy(grade: Grade) -> None:
    assert "wxb" in grade("--version").out
    assert "EXERCISE" in grade("run", "--help").out


def test_light_commands_load_no_heavy_library(course_dir: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys\nfrom grader.cli.app import app\n"
        "try:\n    app(sys.argv[1:], prog_name='grade')\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'torch', 'pytest', 'IPython'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    for command in (["--help"], ["list"], ["hint", "length"], ["run", "--help"], ["--version"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *command], cwd=course_dir, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
