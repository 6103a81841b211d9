"""The `grade` command: `main` is its entry."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run `grade`: exit 0 all right, 1 not yet, 2 usage or course error, 3 grader fault."""
    from grader.cli.app import app

    app(prog_name="grade")
