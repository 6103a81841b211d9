"""`grade regrade`: after a suite was mended, who would have another mark; then change them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.documents import print_json
from grader.cli.judging import Jobs, Only, Without, both, exit_status, options_of, stopping
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    IsolationOption,
    Plain,
    open_course,
    open_gradebook,
)
from grader.cli.typed import typed
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.classroom.batched import Batched
    from grader.classroom.compared import Mode
    from grader.classroom.gradebook.book import Gradebook
    from grader.classroom.gradebook.runs import Recording, Sort
    from grader.classroom.plan import Options, Stop
    from grader.cli.screens.batched import Following

__all__ = ["EXAMPLE", "regrade"]

#: How pages name what may change of marks.
_SORTS: Mapping[Mode, Sort] = {"try": "preview", "raise": "apply", "lower": "lower"}
EXAMPLE = """\b
Example:
  grade regrade --dry-run
  grade regrade --apply
"""


def regrade(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="DIR", help="Collected classes; by default all that were judged."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show whose mark would change, and change none.")
    ] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Raise marks; lower none.")] = False,
    lower: Annotated[bool, typer.Option("--lower", help="Raise and lower marks.")] = False,
    only: Only = None,
    jobs: Jobs = None,
    without: Without = None,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    isolation: IsolationOption = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the changes as JSON, and nothing else.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Judge again what was judged by older suites, and show or make the changes.

    Overrides, extensions and excuses stay; old and new gradings are kept, and why.
    """
    from grader.classroom.gradebook.book import me
    from grader.classroom.regrade import differences
    from grader.cli.screens.batched import following
    from grader.cli.screens.regraded import Regraded, print_regraded
    from grader.cli.screens.screen import Screen

    mode = _mode(dry_run, apply, lower)
    taught = open_course(course)
    options = options_of(taught, jobs, only, without, isolation, mode=mode, again=True)
    screen = Screen(plain=plain)
    with open_gradebook(taught, gradebook) as book:
        places = _places(book, folders or [])
        ledger = book.ledger()
        with (
            following(screen, json) as shown,
            stopping(shown) as stop,
            book.runs.begin(_SORTS[mode], me(), places) as record,
        ):
            runs = [
                _run(book, place, options, shown, stop, record)
                for place in places
                if not stop.asked
            ]
        changes = [change for run in runs for change in run.changes]
        found = differences(taught, ledger, changes)
        newer = [(each, mark.exercise) for each in book.marks() for mark in each.marks
                 if mark.newer]  # fmt: skip
    if json:
        document = {
            "format": 1,
            "mode": mode,
            "marks": found,
            "gradings": changes,
            "concerns": [concern for run in runs for concern in run.concerns],
            "newer": [{"student": s.person.key, "exercise": exercise} for s, exercise in newer],
        }
        print_json(document)
    else:
        raising, lowering = (
            typed(
                "regrade", flag, *map(str, folders or []), course=course, gradebook=gradebook,
                options=(("--only", only), ("--without", without), ("--isolation", isolation)),
            )
            for flag in ("--apply", "--lower")
        )  # fmt: skip
        told = Regraded(
            found, changes, newer, ledger.people, book.where, mode == "try", raising, lowering
        )
        print_regraded(screen, told)
    raise typer.Exit(exit_status(runs, is_interrupted=stop.asked, needs_person=bool(newer)))


def _mode(dry_run: bool, apply: bool, lower: bool) -> Mode:
    if dry_run and not (apply or lower):
        return "try"
    if dry_run or not (apply or lower):
        raise UsageError(
            "Say one of --dry-run (show whose mark would change), --apply (raise marks, lower "
            "none) and --lower (raise and lower)."
        )
    return "lower" if lower else "raise"


def _places(book: Gradebook, asked: list[Path]) -> list[Path]:
    """The classes to look into.

    Raises:
        UsageError: there is none, or one that is not there any more.
    """
    from grader.classroom.plan import check_class

    known = [path for kind, path in book.places() if kind == "collected"]
    places = list(dict.fromkeys(asked or known))
    if not places:
        raise UsageError("No class was judged yet: grade batch hw/")
    for place in places:
        if not asked and not place.exists():
            raise UsageError(
                f"{place}, which was judged, is not there any more. Put it back, or name the "
                "classes to look into: grade regrade --dry-run DIR"
            )
        check_class(place)
    return places


def _run(
    book: Gradebook, place: Path, options: Options, shown: Following, stop: Stop, record: Recording
) -> Batched:
    from grader.classroom.batch import Batch

    shown.begin()
    record.next()
    work = Batch(
        book.course, place, book, options, heard=both(shown.heard, record.heard),
        told=both(shown.concern, record.told), stop=stop,
    )  # fmt: skip
    record.heard(work.tally)
    return work.run()
