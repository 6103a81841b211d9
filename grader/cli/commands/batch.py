"""`grade batch`: marks for a class, all processors at work; stopped at any moment, it goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.documents import print_json
from grader.cli.judging import (
    INTERRUPTED,
    Jobs,
    Only,
    Without,
    both,
    exit_status,
    options_of,
    stopping,
)
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    IsolationOption,
    Plain,
    open_course,
    open_gradebook,
)
from grader.cli.typed import typed
from grader.errors import IsolationError, UsageError

if TYPE_CHECKING:
    from grader.classroom.batched import Batched
    from grader.classroom.judges import Judges, Setup
    from grader.classroom.plan import Options, Stop
    from grader.cli.screens.batched import Following
    from grader.course.outline import Course

__all__ = ["EXAMPLE", "batch"]

EXAMPLE = """\b
Examples:
  grade batch hw/
  grade batch submissions.zip --roster gradebook.csv
  grade batch hw/ --dask tcp://10.0.0.5:8786
"""


def batch(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="DIR|SOURCE.zip",
            help="What `grade collect` made; or a zip from an LMS, which is collected first.",
        ),
    ],
    jobs: Jobs = None,
    gradebook: GradebookUrl = None,
    only: Only = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Judge everything anew, whatever is known.")
    ] = False,
    without: Without = None,
    roster: Annotated[
        list[Path] | None,
        typer.Option("--roster", metavar="FILE", help="Who is in the class, for a zip."),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="UNIT", help="The unit that a zip was handed in for."),
    ] = None,
    course: CoursePath = None,
    isolation: IsolationOption = None,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help="Have it judged by the workers of a Dask scheduler (docs/cluster.md).",
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print what it came to as JSON, and nothing else.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Judge what a class handed in, and keep it in the gradebook.

    Nothing is judged twice. Whatever ends it, the same command goes on where it was.
    """
    from grader.classroom.plan import check_class
    from grader.cli.screens.batched import following, print_batched
    from grader.cli.screens.screen import Screen

    if dask is not None:
        _check_cluster(jobs)
    is_folder = source.is_dir()
    if is_folder or not source.exists():
        check_class(source)
        if roster or unit:
            raise UsageError(
                "--roster and --unit are for a zip. Give a class a newer roster with: "
                f"grade collect SOURCE --into {source} --roster FILE"
            )
    taught = open_course(course, source if is_folder else None)
    if taught.handout:
        raise UsageError(
            f"{taught.root} is a handout, without hidden tests: nothing can be marked by it. "
            "Name the course that it was made from with --course PATH."
        )
    options = options_of(taught, jobs, only, without, isolation, fresh=fresh)
    screen = Screen(plain=plain)
    folder, problems = source, tuple[str, ...]()
    if not is_folder:
        folder, problems = _collected(taught, source, roster or [], unit, json, screen)
    again = typed(
        "batch", str(folder), course=course, gradebook=gradebook,
        options=(
            ("--jobs", jobs), ("--only", only), ("--fresh", fresh), ("--without", without),
            ("--isolation", isolation), ("--dask", dask),
        ),
    )  # fmt: skip
    with following(screen, json) as shown, stopping(shown) as stop:
        run = _run(taught, folder, gradebook, options, shown, stop, again, dask)
    if not is_folder:
        run = _unpacked(run, folder, problems)
    if json:
        print_json(run)
    else:
        print_batched(screen, run, again, typed("marks", course=course, gradebook=gradebook))
    status = exit_status([run], is_interrupted=run.interrupted, needs_person=bool(problems))
    raise typer.Exit(status)


def _run(
    course: Course,
    folder: Path,
    gradebook: str | None,
    options: Options,
    shown: Following,
    stop: Stop,
    again: str,
    dask: str | None,
) -> Batched:
    from grader.classroom.batch import Batch
    from grader.classroom.gradebook.book import me
    from grader.classroom.judges import LocalJudges

    def judges(setup: Setup) -> Judges:
        if dask is None:
            return LocalJudges(setup)
        from grader.classroom.cluster.remote import ClusterJudges

        return ClusterJudges(dask, setup, shown.say)

    with open_gradebook(course, gradebook) as book:
        try:
            with book.runs.begin("batch", me(), [folder]) as record:
                work = Batch(
                    course, folder, book, options, heard=both(shown.heard, record.heard),
                    told=both(shown.concern, record.told), stop=stop, judges=judges,
                )  # fmt: skip
                record.heard(work.tally)
                return work.run()
        except KeyboardInterrupt:
            shown.say(f"\nStopped; what was judged is kept. To go on:  {again}")
            raise typer.Exit(INTERRUPTED) from None
        except IsolationError as error:
            if options.isolation == "none" or "cannot be had" not in str(error):
                raise
            raise IsolationError(
                f"{error}\nTo judge a class without it, with all your rights, say --isolation none."
            ) from None


def _check_cluster(jobs: int | None) -> None:
    """Refuse what cannot be done on a cluster, before anything is collected.

    Raises:
        UsageError: Dask is not installed, or `--jobs` was given.
    """
    from grader.classroom.cluster.connection import check_dask

    check_dask()
    if jobs is not None:
        raise UsageError(
            "--jobs is for the processors of this machine. How many hand-ins a cluster judges at a "
            "time is decided where its workers are started: dask worker ADDRESS --nworkers N"
        )


def _collected(
    course: Course, source: Path, roster: list[Path], unit: str | None, quiet: bool, screen: Any
) -> tuple[Path, tuple[str, ...]]:
    """Collect a zip into a folder beside us; the folder, and what needs a person of it."""
    from grader.classroom.attempt import CLASS
    from grader.classroom.collect import Request, collect
    from grader.cli.screens.bar import counting_bar
    from grader.cli.screens.collected import print_summary

    if source.suffix.lower() != ".zip":
        raise UsageError(
            f"{source} is neither a collected class nor a zip. Collect it first: "
            f"grade collect {source} --into hw/"
        )
    into = Path(source.stem)
    if into.is_dir() and not (into / CLASS).is_file() and any(into.iterdir()):
        into = Path(f"{source.stem}-class")
    with counting_bar("hand-ins", quiet=quiet) as bar:
        summary = collect(Request((source,), into, unit=unit, rosters=tuple(roster)), course, bar)
    if not quiet:
        print_summary(screen, summary)
    return into, tuple(f"{p.who or p.where}: {p.what}" for p in summary.problems)


def _unpacked(run: Batched, folder: Path, problems: tuple[str, ...]) -> Batched:
    import msgspec

    return msgspec.structs.replace(run, unpacked=str(folder), collecting=problems)
