"""`grade students`: who is in the class, and one student's data."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.decided import Who, Why
from grader.cli.documents import json_of, print_json
from grader.cli.options import CoursePath, GradebookUrl, Plain, open_course, open_gradebook
from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import plural

if TYPE_CHECKING:
    from grader.classroom.attempt import Attempt
    from grader.classroom.gradebook.book import Gradebook

__all__ = ["students"]

MERGE_EXAMPLE = """\b
Example:
  grade students merge doe jane.doe@example.org --why "one by login, one by e-mail"
"""

students = typer.Typer(
    help="Who is in the class, and one student's data.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@students.command("import")
def import_(
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV with the columns student, name, email, section and ids; Canvas's gradebook "
            "or Moodle's grading worksheet; a collected class, or its roster.json.",
        ),
    ],
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Take in the class list; again whenever it changes: grade students import class.csv"""
    from grader.classroom.gradebook.sheet import read_roster
    from grader.cli.screens.screen import Screen
    from grader.cli.screens.students import print_roster

    taught = open_course(course)
    with open_gradebook(taught, gradebook) as book:
        people = read_roster(roster, book.people(everyone=True).values())
        found = book.import_roster(people)
        print_roster(Screen(plain=plain), found, book.people(everyone=True), book.where)
    if found.refused:
        raise typer.Exit(1)


@students.command("list")
def list_(
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Also those who have left the class.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """List the class: grade students list --everyone"""
    from grader.cli.screens.screen import Screen
    from grader.cli.screens.students import print_people

    with open_gradebook(open_course(course), gradebook) as book:
        people = list(book.people(everyone=everyone).values())
    if json:
        print_json(people)
    else:
        print_people(Screen(plain=plain), people)


@students.command("export")
def export(
    student: Who,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="By default standard output.")
    ] = None,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
) -> None:
    """Give out all that is kept about one student, as JSON: grade students export doe"""
    import os

    with open_gradebook(open_course(course), gradebook) as book:
        found = book.export(book.person(student).key)
    if out is None:
        print_json(found)
        return
    try:  # for its owner alone, and never over something else
        target = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{out} is there already; name another file.") from None
    with os.fdopen(target, "wb") as file:
        file.write(json_of(found) + b"\n")
    typer.echo(f"Written to {out}.")


@students.command("merge", epilog=MERGE_EXAMPLE)
def merge(
    keep: Annotated[
        str, typer.Argument(metavar="KEEP", help="Who they are from now on: a key, an id, a name.")
    ],
    gone: Annotated[str, typer.Argument(metavar="GONE", help="Who is the same person.")],
    why: Why = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would come to, and change nothing.")
    ] = False,
    together: Annotated[
        bool, typer.Option("--together", help="Also where one hand-in names both.")
    ] = False,
    places: Annotated[
        list[Path] | None,
        typer.Option("--in", metavar="DIR", help="A collected class that the gradebook does not "
                     "remember, or that was not at hand before."),
    ] = None,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:  # fmt: skip
    """Make one student of two who are one person. It cannot be taken back."""
    from grader.classroom.collected import read_about, read_people
    from grader.classroom.enrol import enrol
    from grader.classroom.gradebook.book import me
    from grader.cli.screens.marks import who
    from grader.cli.screens.screen import Screen
    from grader.cli.screens.students import print_merged

    screen = Screen(plain=plain)
    with open_gradebook(open_course(course), gradebook) as book:
        for path in places or []:
            enrol(book, read_about(path), read_people(path))
            book.note_place("collected", path)
        one, other = book.person(keep), book.person(gone)
        if one.key != other.key:
            if not (why.strip() or dry_run):
                raise UsageError("Why? Say it with --why 'the reason': it is kept beside who and "
                                 "when.")  # fmt: skip
            found = book.mergers.merge(
                one.key, other.key, who=me(), why=why.strip(), together=together, dry_run=dry_run,
                collected=_collected(book),
            )  # fmt: skip
            print_merged(screen, found, book.where, dry_run=dry_run)
        elif one.former:
            typer.echo(f"{who(one)} is one student already.")
        else:
            raise UsageError(f"{printable(keep)} and {printable(gone)} are both {who(one)}.")
        if not dry_run and not _merge_places(book):
            raise typer.Exit(1)


def _collected(book: Gradebook) -> list[Attempt]:
    """The hand-ins of the collected classes that are at hand."""
    from grader.classroom.collected import read_attempts

    mergers = book.mergers.known()
    found: list[Attempt] = []
    for kind, path in book.places():
        if kind == "collected":
            with suppress(UsageError, OSError):  # it is told of where it is written to
                found += read_attempts(path, mergers)
    return found


def _merge_places(book: Gradebook) -> bool:
    """Write it into the collected classes that are at hand; whether all are."""
    from grader.classroom.attempt import CLASS
    from grader.classroom.store import Store

    mergers, is_all = book.mergers.known(), True
    for kind, path in book.places():
        if kind != "collected":
            continue
        try:
            if not (path / CLASS).is_file():
                raise UsageError(f"{path} is not there, or no class any more.")
            with Store.open(path) as store:
                changed = store.merge(mergers)
            if changed:
                typer.echo(f"{printable(str(path))}: {plural(changed, 'hand-in')} changed.")
        except (UsageError, OSError) as error:
            is_all = False
            typer.echo(
                f"{printable(str(error))} `grade batch` reads it as one student's; before you "
                "collect into it again, run this again.", err=True,
            )  # fmt: skip
    return is_all


@students.command("remove")
def remove(
    student: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Do it. It cannot be undone.")] = False,
    places: Annotated[
        list[Path] | None,
        typer.Option("--in", metavar="PATH", help="A collected class or a folder of feedback that "
                     "the gradebook does not remember."),
    ] = None,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:  # fmt: skip
    """Erase one student, in files and copies too: grade students remove doe --yes"""
    from grader.classroom.attempt import CLASS
    from grader.cli.screens.marks import who
    from grader.cli.screens.screen import Screen
    from grader.cli.screens.students import print_erased

    with open_gradebook(open_course(course), gradebook) as book:
        person = book.person(student)
        for path in places or []:
            if not path.exists():
                raise UsageError(f"{path} is not there.")
            kind = "collected" if (path / CLASS).is_file() else "feedback"
            book.note_place(kind if path.is_dir() else "log", path)
        if not yes:
            known = "\n".join(f"  {path}" for _, path in book.places())
            raise UsageError(
                f"{who(person)} would be erased in {book.where}"
                + (f", and in\n{known}\n" if known else ". ")
                + "Nothing was removed: `grade students export` gives out what is there, then run "
                "this again with --yes."
            )
        print_erased(Screen(plain=plain), book.erase(person.key))
