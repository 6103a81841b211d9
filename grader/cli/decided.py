"""What the commands share with which a person decides about marks: who, when, why, and back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.errors import UsageError
from grader.handin.text import printable
from grader.report.words import plural

if TYPE_CHECKING:
    from grader.classroom.gradebook.book import Gradebook
    from grader.classroom.gradebook.values import Adjustment, Kind

__all__ = ["TakeBack", "Who", "Why", "entries_of", "points_of", "signed", "take_back", "tell_mark"]

Who = Annotated[
    str, typer.Argument(metavar="STUDENT", help="A key, an id, an e-mail address or a name.")
]
Why = Annotated[
    str,
    typer.Option("--why", metavar="TEXT", help="The reason; only you and the owner may read it."),
]
TakeBack = Annotated[
    bool, typer.Option("--take-back", help="Take back what was decided so; both entries stay.")
]


def signed(kind: Kind, why: str, *, needed: bool = True, **fields: Any) -> Adjustment:
    """An entry of whoever is at work, now.

    Raises:
        UsageError: it needs a reason, and there is none.
    """
    from grader.classroom import decided
    from grader.classroom.gradebook.book import me

    if needed and not why.strip():
        raise UsageError("Why? Say it with --why 'the reason': it is kept beside who and when.")
    return decided.signed(kind, me(), why, **fields)


def entries_of(book: Gradebook, kind: Kind, **fields: Any) -> list[Adjustment]:
    """The entries of a kind that hold, and are about this."""
    from grader.classroom import decided

    return decided.entries_of(book, kind, **fields)


def take_back(book: Gradebook, entries: Sequence[Adjustment], what: str, why: str) -> None:
    """End entries.

    Raises:
        UsageError: there are none.
    """
    from grader.classroom.gradebook.book import me

    if not entries:
        raise UsageError(f"There is no {what} to take back.")
    book.take_back(entries, who=me(), why=why.strip())
    typer.echo(f"Taken back: {plural(len(entries), 'entry').replace('entrys', 'entries')}.")


def points_of(text: str, most: Decimal) -> Decimal:
    """Points that a person may give.

    Raises:
        UsageError: it is no number of points, or more than there are.
    """
    from grader.classroom import decided

    return decided.points_of(text, most)


def tell_mark(book: Gradebook, student: str, exercise: str) -> None:
    """Say what a mark is now, and where it is kept."""
    from grader.cli.screens.marks import said_of, who

    [found] = book.marks([student])
    mark = found.mark(exercise)
    if mark is not None:
        typer.echo(f"{who(found.person)}, {exercise}: {said_of(mark)}.")
    typer.echo(f"Kept in {printable(book.where)}.")
