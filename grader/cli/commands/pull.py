"""`grade pull`: a class from a platform that has an interface for programs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.documents import print_json
from grader.cli.options import (
    CoursePath,
    GradebookUrl,
    Keep,
    Plain,
    choice,
    open_course,
    open_gradebook,
)
from grader.cli.typed import typed
from grader.errors import UsageError
from grader.handin.text import printable

if TYPE_CHECKING:
    from grader.platforms.canvas.api import Api

__all__ = [
    "EXAMPLE",
    "Assignments",
    "CourseId",
    "Platform",
    "TokenFile",
    "Url",
    "asked_platform",
    "open_api",
    "pairs",
    "pull",
]

EXAMPLE = """\b
Example:
  export CANVAS_URL=https://canvas.example.edu
  grade pull canvas --course-id 42 --into hw/ --token-file ~/.canvas-token
"""

Platform = Annotated[str, typer.Argument(metavar="PLATFORM", help="canvas.")]
CourseId = Annotated[
    int,
    typer.Option("--course-id", metavar="ID", min=1, help="The number in its address."),
]
Url = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Where Canvas is; by default CANVAS_URL."),
]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        "--token-file",
        metavar="FILE",
        help="The token, in a file that only you can read (chmod 600); by default it is in "
        "CANVAS_TOKEN.",
    ),
]
Assignments = Annotated[
    list[str] | None,
    typer.Option(
        "--assignment",
        "--column",
        metavar="TITLE=UNIT",
        help="Which assignment, by title or id, is a unit's, or the whole course's (`course`); by "
        "default that with its title. May be given again.",
    ),
]


def pull(
    platform: Platform,
    course_id: CourseId,
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The folder of the class.")],
    url: Url = None,
    token_file: TokenFile = None,
    assignment: Assignments = None,
    keep: Keep = None,
    gradebook: GradebookUrl = None,
    course: CoursePath = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the summary as JSON, and nothing else.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Bring people, submissions with their times, and extensions from Canvas into a class.

    Run it again whenever you like: what is there is not fetched again.
    """
    from grader.cli.screens.bar import counting_bar
    from grader.cli.screens.pulled import print_pulled
    from grader.cli.screens.screen import Screen
    from grader.platforms.canvas.pull import Asked
    from grader.platforms.canvas.pull import pull as run

    asked_platform(platform)
    asked = Asked(
        course_id, into, pairs(assignment), choice("--keep", keep, ("last", "best", "all"))
    )
    taught = open_course(course)
    with (
        closing(open_api(url, token_file)) as api,
        open_gradebook(taught, gradebook) as book,
        counting_bar("hand-ins", quiet=json) as bar,
    ):
        pulled = run(api, asked, taught, book, bar)
    if json:
        print_json(pulled)
    else:
        then = typed("batch", str(into), course=course, gradebook=gradebook)
        print_pulled(Screen(plain=plain), pulled, then)
    raise typer.Exit(1 if pulled.collected.problems or pulled.collected.unmatched else 0)


def asked_platform(name: str) -> None:
    """Refuse a platform that has no interface here.

    Raises:
        UsageError: it is another one than Canvas.
    """
    if name.casefold() != "canvas":
        raise UsageError(
            f"{printable(name)} cannot be asked from here; expected canvas. What others export is "
            "taken by `grade collect` and filled by `grade export`."
        )


def open_api(url: str | None, token_file: Path | None) -> Api:
    """Canvas, with the token of who is at work.

    Raises:
        UsageError: an address, a token or canvasapi is missing.
    """
    from grader.platforms.canvas.api import Api
    from grader.platforms.canvas.settings import settings_of

    return Api(settings_of(url, token_file))


def pairs(given: list[str] | None) -> tuple[tuple[str, str], ...]:
    """What was typed as TITLE=UNIT.

    Raises:
        UsageError: it is no such pair.
    """
    found = []
    for text in given or ():
        title, equals, unit = text.rpartition("=")
        if not (equals and title.strip() and unit.strip()):
            raise UsageError(
                f"--assignment {printable(text)}: expected 'TITLE=UNIT', e.g. 'Vectors=01_vectors'."
            )
        found.append((title.strip(), unit.strip()))
    return tuple(found)
