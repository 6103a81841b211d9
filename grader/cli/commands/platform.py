"""`grade platform`: what other systems build their own graders from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.judging import Without
from grader.cli.options import (
    CoursePath,
    choice,
    complete_exercise,
    complete_unit,
    known_exercises,
    open_source,
)
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.outline import Course

__all__ = ["platform"]

platform = typer.Typer(
    help="Build what grades elsewhere: Gradescope's autograder, PrairieLearn's questions.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Units = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="This unit; all of the course by default. May be given again.",
        autocompletion=complete_unit,
    ),
]
Torch = Annotated[
    bool, typer.Option("--torch", help="Install PyTorch; by default where the exercises need it.")
]
Index = Annotated[
    str,
    typer.Option(
        "--index",
        metavar="URL",
        help="A further package index, e.g. the one with PyTorch's builds for processors.",
    ),
]


@platform.command("gradescope")
def gradescope(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The zip to write.")],
    unit: Units = None,
    torch: Torch = False,
    without: Without = None,
    late: Annotated[
        str | None,
        typer.Option(
            "--late",
            metavar="WHOSE",
            help="wxb: scores lose what course.yaml takes for lateness. lms: they lose nothing. "
            "By default wxb where course.yaml has due dates.",
        ),
    ] = None,
    show: Annotated[
        str | None,
        typer.Option(
            "--show",
            metavar="WHEN",
            help="From when on students see hidden tests and score: after_due_date, as a rule, or "
            "after_published, where some may hand in later than others.",
        ),
    ] = None,
    index: Index = "",
    course: CoursePath = None,
) -> None:
    """Write the zip for Gradescope's page Configure Autograder: grade platform gradescope a.zip"""
    from grader.classroom.exports.lateness import clock
    from grader.platforms.gradescope.build import build
    from grader.report.words import plural

    taught = open_source(course)
    whose = clock(taught, choice("--late", late, ("wxb", "lms")))
    built = build(
        taught,
        out,
        _of_units(taught, unit),
        torch=_torch(torch, without),
        late=whose,
        show=choice("--show", show, ("after_due_date", "after_published")) or "after_due_date",
        index=index,
    )
    count = plural(len(built.settings.exercises), "exercise")
    library = "with" if built.settings.torch else "without"
    typer.echo(f"{out}: {count}, {library} PyTorch, {built.size / 1e6:.1f} MB.")
    typer.echo("Hidden tests and solutions are in it: give it to Gradescope, and to nobody else.")
    if whose == "wxb":
        typer.echo("Lateness: course.yaml's is in the scores; add no late penalty in Gradescope.")
    else:
        typer.echo("Lateness: none is in the scores.")


@platform.command("prairielearn")
def prairielearn(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="A PrairieLearn course's folder, or a new one.")
    ],
    unit: Units = None,
    exercise: Annotated[
        list[str] | None,
        typer.Option(
            "--exercise",
            metavar="EXERCISE",
            help="This exercise. May be given again.",
            autocompletion=complete_exercise,
        ),
    ] = None,
    image: Annotated[
        str, typer.Option("--image", metavar="NAME", help="Where PrairieLearn finds the image.")
    ] = "wxb-grader",
    torch: Torch = False,
    without: Without = None,
    index: Index = "",
    course: CoursePath = None,
) -> None:
    """Write questions and their grader's image: grade platform prairielearn pl-course/"""
    from grader.platforms.prairielearn.build import build
    from grader.report.words import plural

    taught = open_source(course)
    wanted = (*_of_units(taught, unit), *known_exercises(taught, exercise or []))
    built = build(taught, out, wanted, image=image, torch=_torch(torch, without), index=index)
    library = "with" if built.torch else "without"
    for name in built.kept:
        typer.echo(f"{out / name}: it was there, so it stays as it is.")
    typer.echo(f"{out}: {plural(len(built.questions), 'question')} in questions/wxb.")
    typer.echo(f"{out / 'wxb-grader'}: the image {image}, {library} PyTorch: docker build.")
    typer.echo("Hidden tests and solutions are in questions/: no student may read that repository.")


def _of_units(course: Course, units: list[str] | None) -> tuple[str, ...]:
    known = {unit.id for unit in course.units}
    for name in units or []:
        if name not in known:
            raise UsageError(f"--unit {name}: there are {', '.join(sorted(known))}.")
    return known_exercises(course, units or [])


def _torch(torch: bool, without: list[str] | None) -> bool | None:
    for library in without or []:
        choice("--without", library, ("torch",))
    if torch and without:
        raise UsageError("--torch and --without torch: say one of them.")
    return True if torch else False if without else None
