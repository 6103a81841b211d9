"""Where `grade` takes its own options, and where `run` is understood."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from grader.cli.app import _Group, app


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
