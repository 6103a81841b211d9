"""The `grade` command: `main` is its entry. It runs in the caller, which starts the judge.

    app.py       all commands under one name; errors of ours become one message and an exit status
    streams.py   standard output, where it may be full or gone
    __main__.py  `python -m grader.cli`
    options.py   what several commands share: options, the course, names of exercises
    typed.py     what a person is told to type next
    decided.py   what commands share with which a person decides about marks
    judging.py   what commands share that judge others' work
    reporting.py where the one report of `grade export` comes from, and where its file goes
    documents.py what `--json` prints
    logs.py      what happens behind a command, for whoever asks
    commands/    one file for each command
    screens/     one file for each thing that is printed
    watch/       the loop of `grade watch`

Nothing else in `grader` imports it.
"""

from __future__ import annotations

import sys
import traceback

from grader.errors import GraderFault

__all__ = ["main"]


def main() -> None:
    """Run `grade`.

    It exits with 0 if all that was tried is right, 1 if not yet, 2 for a usage or course error,
    3 for a fault of the grader, 141 if whoever read its output has gone away.
    """
    from grader.cli import streams
    from grader.cli.app import app

    streams.guard()
    try:
        app(prog_name="grade")
    except Exception:  # a mistake of ours must not look like a verdict
        fault = GraderFault(traceback.format_exc())
        print(fault.told(), file=sys.stderr)
        sys.exit(fault.exit_code)
    finally:
        streams.flush()
