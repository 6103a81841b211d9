"""`grade check`: the course proves itself."""

from __future__ import annotations

import os
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
    refuse_handout,
)

if TYPE_CHECKING:
    from grader.course.outline import Course, Exercise
    from grader.grading.engine import Grader

__all__ = ["check"]

Mutants = Annotated[
    bool,
    typer.Option("--mutants", help="Instead: change each solution in small ways; is it noticed?"),
]
Seeds = Annotated[int, typer.Option("--seeds", min=1, max=1000, help="Seeds to try solutions on.")]


def check(
    exercises: Exercises = None,
    seeds: Seeds = 3,
    mutants: Mutants = False,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Prove the course: its solutions, stubs, wrong ideas and tests."""
    from grader.course.reading import load as spec

    path = course if course is not None else spec.find(Path.cwd())
    taught = spec.load(path, strict=True)
    refuse_handout(taught)
    wanted = known_exercises(taught, exercises or []) or tuple(e.id for e in taught.exercises)
    chosen = [exercise for exercise in taught.exercises if exercise.id in wanted]
    faults = _mutate(taught, chosen, plain) if mutants else _prove(taught, chosen, seeds, plain)
    raise typer.Exit(2 if faults else 0)


def _prove(taught: Course, chosen: list[Exercise], seeds: int, plain: bool) -> int:
    """The proof, exercise by exercise; the number of faults."""
    from grader.authoring.proof import check_all
    from grader.cli.screens.bar import step_bar
    from grader.cli.screens.screen import Screen

    screen = Screen(plain=plain)
    began = time.perf_counter()
    faults = 0
    with ExitStack() as stack:
        graders = _graders(stack, taught, chosen, audit=True)
        step = stack.enter_context(step_bar(len(chosen), plain))
        for checked in check_all(taught, chosen, graders, tuple(range(seeds)), step.say):
            step.advance()
            with step.aside():
                screen.checked(checked)
            faults += len(checked.faults)
    screen.proved(len(chosen), faults, time.perf_counter() - began)
    return faults


def _graders(
    stack: ExitStack, course: Course, chosen: list[Exercise], *, audit: bool = False
) -> list[Grader]:
    """A grader for each processor, and no more than there are exercises; the stack closes them."""
    from grader.grading.engine import Grader

    wanted = [exercise.id for exercise in chosen]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    count = max(1, min(processors, len(chosen)))
    return [
        stack.enter_context(Grader(course, exercises=wanted, audit=audit)) for _ in range(count)
    ]


def _mutate(taught: Course, chosen: list[Exercise], plain: bool) -> int:
    """Mutants of each exercise, on every processor; the number of faults."""
    from grader.authoring import mutation
    from grader.cli.screens.bar import step_bar
    from grader.cli.screens.screen import Screen

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
