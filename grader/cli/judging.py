"""What the commands share that judge others' work: options, Ctrl-C, and what they exit with."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from grader.cli.options import choice, complete_exercise, known_exercises
from grader.errors import IsolationError

if TYPE_CHECKING:
    from grader.classroom.batched import Batched
    from grader.classroom.plan import Options, Stop
    from grader.cli.screens.batched import Following
    from grader.course.outline import Course
    from grader.grading.engine import Grader

__all__ = [
    "INTERRUPTED",
    "Jobs",
    "Only",
    "Without",
    "both",
    "exit_status",
    "insist",
    "options_of",
    "stopping",
]

_T = TypeVar("_T")
#: What shells report of a program that Ctrl-C ended: 128 + SIGINT.
INTERRUPTED = 130
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, help="Hand-ins at a time; as many as processors by default."),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="EXERCISE",
        help="Judge this exercise, or this unit's. May be given again.",
        autocompletion=complete_exercise,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="LIBRARY",
        help="torch: leave out the tests that need PyTorch, for everybody.",
    ),
]


def options_of(
    course: Course,
    jobs: int | None,
    only: list[str] | None,
    without: list[str] | None,
    isolation: str | None,
    **more: Any,
) -> Options:
    """How a class is judged, by what was typed.

    Raises:
        UsageError: there is no such exercise, library or level.
    """
    from grader.classroom.plan import Options, processors

    for library in without or []:
        choice("--without", library, ("torch",))
    return Options(
        jobs=jobs or processors(),
        only=known_exercises(course, only) if only else (),
        torch="torch" not in (without or []),
        isolation=choice("--isolation", isolation, ("full", "none")) or "full",
        **more,
    )


def insist(grader: Grader, theirs: bool, isolation: str | None) -> None:
    """Other people's code is not run without the lock unless that was asked for in words.

    Raises:
        IsolationError: there is none.
    """
    if theirs and grader.isolation == "none" and isolation != "none":
        raise IsolationError(
            "The lock around student code cannot be had here: "
            + " ".join(grader.missing)
            + "\nTo run this submission without it, with all your rights, say --isolation none."
        )


@contextmanager
def stopping(shown: Following) -> Iterator[Stop]:
    """Have Ctrl-C end a run after the hand-ins that are being judged; a second one, at once."""
    from grader.classroom.plan import Stop
    from grader.cli.watch.signals import handling

    stop = Stop()

    def asked(*_: Any) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.ask()
        shown.stopping()

    with handling({signal.SIGINT: asked}):
        yield stop


def both(*hear: Callable[[_T], object]) -> Callable[[_T], None]:
    """Whoever hears of a run, as one: the screen, and the gradebook for other programs."""

    def heard(news: _T) -> None:
        for each in hear:
            each(news)

    return heard


def exit_status(runs: Sequence[Batched], *, is_interrupted: bool, needs_person: bool) -> int:
    """130 where it was stopped, 3 where the grader failed, 1 where somebody has to look."""
    if is_interrupted:
        return INTERRUPTED
    kinds = {concern.kind for run in runs for concern in run.concerns}
    if "grader_fault" in kinds:
        return 3
    return 1 if kinds or needs_person else 0
