"""The `grade` command: `main` is its entry."""

from __future__ import annotations

import sys
import traceback

from grader.errors import GraderFault

__all__ = ["main"]


def main() -> None:
    """Run `grade`: exit 0 all right, 1 not yet, 2 usage or course error, 3 grader fault."""
    from grader.cli.app import app

    try:
        app(prog_name="grade")
    except Exception:  # a mistake of ours must not look like a verdict
        fault = GraderFault(traceback.format_exc())
        print(fault.told(), file=sys.stderr)
        sys.exit(fault.exit_code)
