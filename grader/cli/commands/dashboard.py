"""`grade dashboard`: a class in the browser; who else may look at it."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CoursePath, GradebookUrl, choice, open_course, open_gradebook
from grader.cli.watch.signals import ending_on
from grader.errors import UsageError
from grader.handin.text import printable

if TYPE_CHECKING:
    from grader.course.outline import Course
    from grader.web.place import Place

__all__ = ["dashboard"]

dashboard = typer.Typer(
    help="A class in the browser: who needs help, what is not understood, which tests are bad, "
    "why a mark is what it is.",
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExample:\n  grade dashboard\n  grade dashboard --demo",
)


@dashboard.callback()
def main(
    ctx: typer.Context,
    demo: Annotated[
        bool, typer.Option("--demo", help="A made-up class of 120, in a gradebook of its own.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="DIR", help="Write the pages as files, and serve none."),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="With --export: also students, by name.")
    ] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 0,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen there, not on this machine.")
    ] = "127.0.0.1",
    prefix: Annotated[
        str,
        typer.Option("--prefix", metavar="PATH", help="The path before all, behind a proxy."),
    ] = "",
    host_name: Annotated[
        list[str] | None,
        typer.Option("--host-name", metavar="NAME", help="A host that browsers may use, too."),
    ] = None,
    sign_in: Annotated[
        Path | None,
        typer.Option(
            "--sign-in",
            metavar="FILE",
            envvar="WXB_SIGN_IN",
            show_envvar=False,
            help="By which OpenID Connect provider people sign in, and who has which role. "
            "By default WXB_SIGN_IN.",
        ),
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Only print the address; open no browser.")
    ] = False,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
) -> None:
    """Serve the pages of a class until Ctrl-C; the address is printed with its token."""
    if ctx.invoked_subcommand is not None:
        return
    try:
        import grader.web.dashboard.site  # noqa: F401
        from grader.web.place import Place
    except ModuleNotFoundError as error:
        raise UsageError(
            f"Pages in the browser need {error.name}: install it with pip install 'wxb[web]'."
        ) from None
    if names and export is None:
        raise UsageError("--names is for --export; on the pages, names are one click away.")
    taught = open_course(course)
    place = Place(host=host, port=port, prefix=prefix, names=tuple(host_name or ()))
    with ExitStack() as stack:
        # What was begun has to end and to be put away, whatever ends us, and also before the pages
        # are there, whose server hears these signals itself.
        stack.enter_context(ending_on(signal.SIGTERM, signal.SIGHUP))
        if demo:
            if gradebook is not None:
                raise UsageError("--demo has a gradebook of its own; leave --gradebook away.")
            gradebook = _demo(taught, stack)
        if export is not None:
            _export(taught, gradebook, export, names)
        else:
            _serve(taught, gradebook, place, sign_in, open_browser=not no_open)


def _demo(course: Course, stack: ExitStack) -> str:
    """A class that was made up, in a folder that is gone afterwards."""
    import tempfile

    from grader.web.demo import fill

    folder = tempfile.mkdtemp(prefix="wxb-demo-")
    stack.callback(_put_away, folder)
    typer.echo(
        "Making up a class of 120 students; this takes less than a minute. It lies in "
        f"{printable(folder)} until this command ends.", err=True,
    )  # fmt: skip
    return fill(course, Path(folder), said=lambda text: typer.echo(text, err=True))


def _put_away(folder: str) -> None:
    """Remove a made-up class, or say where the rest of it is."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    if Path(folder).exists():
        typer.echo(f"Not all of {printable(folder)} could be removed; remove it by hand.", err=True)


def _export(course: Course, gradebook: str | None, into: Path, named: bool) -> None:
    from grader.classroom.insight.refresh import refresh
    from grader.web.dashboard.exported import export

    with open_gradebook(course, gradebook) as book:
        refresh(book)
        count = export(course, book, into, named=named)
    typer.echo(f"{count} pages are in {printable(str(into))}; open index.html there.")


def _serve(
    course: Course, gradebook: str | None, place: Place, sign_in: Path | None, *, open_browser: bool
) -> None:
    from urllib.parse import urlsplit

    import msgspec

    from grader.classroom.gradebook.book import Gradebook
    from grader.web.dashboard.members import Members
    from grader.web.dashboard.running import Runs
    from grader.web.dashboard.site import Keeper, build
    from grader.web.dashboard.visit import ClassDoor
    from grader.web.server import serve

    def open_again() -> Gradebook:
        return Gradebook(course, gradebook)

    def tell(text: str) -> None:
        typer.echo(printable(text), err=True)

    with open_gradebook(course, gradebook) as book:
        members = None if sign_in is None else Members(sign_in, book.office.note, tell)
        if members is not None:
            for name in members.lacking({p.section for p in book.people(everyone=True).values()}):
                tell(f"{sign_in}: there is no section {name} in this class.")
            if host := urlsplit(members.settings.address).netloc:
                place = msgspec.structs.replace(place, names=tuple({*place.names, host}))
        runs = Runs(course, open_again)
        keeper = Keeper(open_again)
        try:
            serve(
                lambda bound: build(course, book, bound, runs, ClassDoor(book, members), tell),
                place, tell=lambda text: typer.echo(text), open_browser=open_browser,
            )  # fmt: skip
        finally:
            keeper.close()
            runs.close()
            if runs.goes_on:
                typer.echo(
                    "Ending after the hand-ins that are being judged; Ctrl-C again: at once.",
                    err=True,
                )
            runs.wait()
            keeper.wait()


# --- who else may look at it --------------------------------------------------------------------

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `invitations` lists them.")]


@dashboard.command("invite")
def invite(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose decisions carry it.")],
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="owner, grader or viewer.")
    ] = "grader",
    section: Annotated[
        list[str] | None,
        typer.Option("--section", metavar="SECTION", help="Limit to it; may be given again."),
    ] = None,
    expires: Annotated[
        str, typer.Option("--expires", metavar="TIME", help="When it ends: 30d, or a time.")
    ] = "120d",
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
) -> None:
    """Let somebody in; their token is shown once: grade dashboard invite Ann --role viewer"""
    from grader.classroom.decided import whom
    from grader.classroom.gradebook.book import me
    from grader.classroom.gradebook.office import ROLES

    taught = open_course(course)
    chosen = choice("--role", role, ROLES)
    with open_gradebook(taught, gradebook) as book:
        sections = tuple(whom(book, f"section:{each}")["section"] for each in section or ())
        token, made = book.office.invite(chosen, name, _until(expires), who=me(), sections=sections)
    typer.echo(f"Invitation {made.id}: {printable(made.name)} as {made.role}, until "
               f"{made.expires:%Y-%m-%d %H:%M %Z}. Send it to nobody else.")  # fmt: skip
    typer.echo("Behind the address of the dashboard:")
    typer.echo(f"?token={token}")


@dashboard.command("invitations")
def invitations(gradebook: GradebookUrl = None, course: CoursePath = None) -> None:
    """List who was invited: grade dashboard invitations"""
    now = datetime.now(UTC)
    with open_gradebook(open_course(course), gradebook) as book:
        found = book.office.invitations()
    for each in found:
        state = "taken back" if each.revoked else "" if each.holds(now) else "expired"
        limited = f" ({', '.join(map(printable, each.sections))})" if each.sections else ""
        line = f"{each.id:>4}  {printable(each.name)}, {each.role}{limited}, until "
        typer.echo(f"{line}{each.expires:%Y-%m-%d %H:%M %Z}{f'  {state}' if state else ''}")
    if not found:
        typer.echo("Nobody was invited: grade dashboard invite NAME --role grader")


@dashboard.command("revoke")
def revoke(number: Number, gradebook: GradebookUrl = None, course: CoursePath = None) -> None:
    """Take an invitation back; who is in by it is out: grade dashboard revoke 3"""
    from grader.classroom.gradebook.book import me

    with open_gradebook(open_course(course), gradebook) as book:
        found = book.office.revoke(number, who=me())
    typer.echo(f"Taken back: {printable(found.name)}, {found.role}.")


def _until(text: str) -> datetime:
    """A time to come: a length of time from now, or a moment.

    Raises:
        UsageError: it is neither.
    """
    from grader.course.reading.units import duration_of, moment_of

    try:
        return datetime.now(UTC) + duration_of(text)
    except (ValueError, OverflowError):
        pass
    try:
        return moment_of(text)
    except ValueError:
        raise UsageError(
            f"--expires {printable(text)}: expected e.g. 30d, or 2027-07-31T23:59+02:00"
        ) from None
