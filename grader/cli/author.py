"""Commands for authors: `grade sync`, `grade check` and `grade new`."""

from __future__ import annotations

import difflib
import os
import shlex
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import (
    CoursePath,
    Exercises,
    Plain,
    known_exercises,
    open_course,
)
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.outline import Course, Exercise
    from grader.grading.engine import Grader

__all__ = ["register"]

Check = Annotated[bool, typer.Option("--check", help="Write nothing; fail if a stub has drifted.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite stubs that were filled in, too.")]
Mutants = Annotated[
    bool,
    typer.Option("--mutants", help="Instead: change each solution in small ways; is it noticed?"),
]
Seeds = Annotated[int, typer.Option("--seeds", min=1, max=1000, help="Seeds to try solutions on.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("sync")(sync)
    app.command("check")(check)
    app.command("new")(new)
    app.command("release")(release)


def sync(check: Check = False, force: Force = False, course: CoursePath = None) -> None:
    """Write each exercise's stub from its solution."""
    from grader.course import stubs

    taught = _source(course)
    found = stubs.sync(taught, write=not check, force=force)
    for result in found:
        typer.echo(f"{result.path}: {result.state}")
    drifted = [result for result in found if result.state in stubs.DRIFTED]
    if drifted and check:
        typer.echo(f"{len(drifted)} stubs differ from their solutions; `grade sync` writes them.")
        raise typer.Exit(2)
    typer.echo("All stubs follow from their solutions." if not drifted else "Some were kept.")


def check(
    exercises: Exercises = None,
    seeds: Seeds = 3,
    mutants: Mutants = False,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Prove the course: its solutions, stubs, wrong ideas and tests."""
    from grader.course import spec

    path = course if course is not None else spec.find(Path.cwd())
    taught = spec.load(path, strict=True)
    _refuse_handout(taught)
    wanted = known_exercises(taught, exercises or []) or tuple(e.id for e in taught.exercises)
    chosen = [exercise for exercise in taught.exercises if exercise.id in wanted]
    faults = _mutate(taught, chosen, plain) if mutants else _prove(taught, chosen, seeds, plain)
    raise typer.Exit(2 if faults else 0)


def _source(path: Path | None) -> Course:
    """The course that an author works on."""
    taught = open_course(path)
    _refuse_handout(taught)
    return taught


def _refuse_handout(taught: Course) -> None:
    if taught.handout:
        raise UsageError(
            f"{taught.root} is a handout, without solutions and hidden tests. This command is for "
            "the course that it was made from."
        )


def _prove(taught: Course, chosen: list[Exercise], seeds: int, plain: bool) -> int:
    """The proof, exercise by exercise; the number of faults."""
    from grader.cli.steps import step_bar
    from grader.cli.terminal import Screen
    from grader.grading.check import check_all

    screen = Screen(plain=plain)
    began = time.perf_counter()
    faults = 0
    with ExitStack() as stack:
        graders = _graders(stack, taught, chosen)
        step = stack.enter_context(step_bar(len(chosen), plain))
        for checked in check_all(taught, chosen, graders, tuple(range(seeds)), step.say):
            step.advance()
            with step.aside():
                screen.checked(checked)
            faults += len(checked.faults)
    screen.proved(len(chosen), faults, time.perf_counter() - began)
    return faults


def _graders(stack: ExitStack, course: Course, chosen: list[Exercise]) -> list[Grader]:
    """A grader for each processor, and no more than there are exercises; the stack closes them."""
    from grader.grading.engine import Grader

    wanted = [exercise.id for exercise in chosen]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    count = max(1, min(processors, len(chosen)))
    return [stack.enter_context(Grader(course, exercises=wanted)) for _ in range(count)]


def _mutate(taught: Course, chosen: list[Exercise], plain: bool) -> int:
    """Mutants of each exercise, on every processor; the number of faults."""
    from grader.cli.steps import step_bar
    from grader.cli.terminal import Screen
    from grader.grading import mutation

    screen = Screen(plain=plain)
    began = time.perf_counter()
    done: list[mutation.Mutated] = []
    with ExitStack() as stack:
        graders = _graders(stack, mutation.quick(taught), chosen)
        step = stack.enter_context(step_bar(0, plain))

        def one(exercise: str) -> None:
            step.say(exercise)
            step.advance()

        for mutated in mutation.mutate(taught, chosen, graders, step.total, one):
            with step.aside():
                screen.mutated(mutated)
            done.append(mutated)
    return screen.caught(done, time.perf_counter() - began)


def release(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to build.")],
    course: CoursePath = None,
) -> None:
    """Build what students get, with nothing hidden in it."""
    from grader.course.release import leaks
    from grader.course.release import release as build

    taught = _source(course)
    written = build(taught, out)
    found = leaks(taught, out)
    for fault in found:
        typer.echo(f"{out / fault.path}:{fault.line}: {fault.what}", err=True)
    if found:
        typer.echo("The handout shows what is hidden; do not give it to students.", err=True)
        raise typer.Exit(2)
    count = sum(1 for _ in taught.exercises)
    many = f"{count} exercise{'s' * (count != 1)}, {len(written)} files"
    typer.echo(f"{out}: {many}; nothing hidden is in it.")
    typer.echo(f"Try it as a student would:  cd {shlex.quote(str(out))} && grade watch")


def new(
    exercise: Annotated[str, typer.Argument(metavar="UNIT/EXERCISE")],
    course: CoursePath = None,
) -> None:
    """Begin an exercise: write its files and its entry."""
    from grader.course.new import new as begin
    from grader.course.stubs import sync as write_stubs

    unit, _, name = exercise.partition("/")
    if not name:
        raise UsageError(f"{exercise}: expected UNIT/EXERCISE, as in 01_vectors/magnitude")
    taught = _source(course)
    units = [known.id for known in taught.units]
    written = begin(taught, unit, name)
    write_stubs(open_course(course if course is not None else taught.file()), write=True)
    root = Path(taught.root)
    for path in written:
        lines = [
            n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if "TODO" in line
        ]
        missing = f"to write: line{'s' * (len(lines) != 1)} {', '.join(map(str, lines))}"
        typer.echo(f"{path.relative_to(root)}: {missing if lines else 'written'}")
    if unit not in units:
        near = difflib.get_close_matches(unit, units, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        typer.echo(f"{unit} is a new unit, the last one in course.yaml.{hint}")
    typer.echo(f"Then `grade sync` and `grade check {name}`, which says what is still missing.")
