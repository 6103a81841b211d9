"""Where `grade` takes its own options, and where `run` is understood."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from grader.cli.app import _Group, app
from support.commands import Grade


@pytest.fixture
def toy() -> typer.Typer:
    """Commands `run` and `list` under the group of `grade`, with a flag of its own."""
    toy = typer.Typer(cls=_Group, no_args_is_help=False)

    @toy.callback()
    def options(loud: bool = typer.Option(False, "-l", "--loud")) -> None:
        typer.echo(f"loud {loud}")

    @toy.command()
    def run(names: list[str] = typer.Argument(None), plain: bool = False) -> None:  # noqa: B008
        typer.echo(f"run {' '.join(names or [])} {plain}")

    @toy.command("list")
    def list_() -> None:
        typer.echo("list")

    return toy


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "loud False\nrun  False\n"),
        (["length"], "loud False\nrun length False\n"),
        (["-l"], "loud True\nrun  False\n"),
        (["-l", "length", "--plain"], "loud True\nrun length True\n"),
        (["--loud", "--plain", "length"], "loud True\nrun length True\n"),
        (["-l", "list"], "loud True\nlist\n"),
        (["run", "list"], "loud False\nrun list False\n"),
    ],
)
def test_options_of_its_own_come_before_any_command(
    toy: typer.Typer, words: list[str], expected: str
) -> None:
    ran = CliRunner().invoke(toy, words)
    assert (ran.exit_code, ran.output) == (0, expected)


def test_help_and_version_run_nothing() -> None:
    for words in (["--help"], ["-h", "length"]):
        assert "Usage: grade" in CliRunner().invoke(app, words, prog_name="grade").output
    assert CliRunner().invoke(app, ["--version"]).output.startswith("wxb ")


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
    assert "Did you mean watch or batch?" in grade("wacth").err


def test_a_mistyped_exercise_behind_a_command_is_no_command(grade: Grade) -> None:
    err = grade("hint", "wacth").err
    assert "There is no exercise wacth." in err
    assert "watch" not in err


@pytest.mark.parametrize(
    ("args", "example"),
    [
        (("collect", "in"), "grade collect submissions.zip --into hw/"),
        (("collect",), "grade collect submissions.zip --into hw/"),
        (("batch",), "grade batch hw/"),
        (("explain",), "grade explain doe magnitude"),
        (("feedback",), "grade feedback --for canvas --out feedback.zip"),
        (("students", "import"), "grade students import class.csv"),
        (("nbgrader", "build"), "grade nbgrader build teaching/"),
    ],
)
def test_what_is_missing_is_answered_with_what_to_type(
    grade: Grade, args: tuple[str, ...], example: str
) -> None:
    ran = grade(*args)
    assert ran.status == 2
    assert f"For example: {example}" in ran.err


def _commands() -> list[str]:
    """All of them, those of a group by their two words."""
    found = []
    for name, command in typer.main.get_group(app).commands.items():
        inner = getattr(command, "commands", {})
        found += [f"{name} {each}" for each in inner] or [name]
    return found


@pytest.mark.parametrize("command", _commands())
def test_every_command_has_an_example(command: str, grade: Grade) -> None:
    out = " ".join(grade(*command.split(), "--help").out.split())
    assert out.count(f"grade {command}") > 1 or "Example" in out


def test_a_full_disk_says_for_which_file_and_what_to_do(
    grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "marks.csv")

    monkeypatch.setattr("grader.cli.commands.list.open_course", full)
    ran = grade("list")
    assert (ran.status, ran.err) == (
        2, "marks.csv: No space left on device. Make room, then type the same again.\n",
    )  # fmt: skip


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
        "heavy = {'numpy', 'torch', 'pytest', 'IPython', 'sqlalchemy', 'alembic'}\n"
        "heavy &= set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    for command in (
        ["--help"],
        ["list"],
        ["hint", "length"],
        ["run", "--help"],
        ["--version"],
        ["marks", "--help"],
        ["students", "import", "--help"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", script, *command], cwd=course_dir, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ("collect a.zip --into hw --gradebook URL", "grade batch hw/ --gradebook URL"),
        ("batch a.zip --times t.csv", "grade collect submissions.zip --into hw/ --times …"),
        ("batch a.zip --into hw", "grade collect submissions.zip --into hw/"),
        ("marks --times t.csv", "It is an option of grade collect."),
        ("marks --nonsense", "No such option: --nonsense"),
    ],
)
def test_an_option_of_another_command_is_answered_with_what_to_type(
    args: str, told: str, grade: Grade
) -> None:
    ran = grade(*args.split())
    assert ran.status == 2
    assert ran.err.rstrip().endswith(told)
