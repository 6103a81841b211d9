"""`grade check`: the course proves itself."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CoursePath, Exercises, Plain, known_exercises, open_source

if TYPE_CHECKING:
    from grader.course.outline import Course, Exercise
    from grader.grading.engine import Grader

__all__ = ["check"]

Mutants = Annotated[
    bool,
    typer.Option("--mutants", help="Instead: change each solution in small ways; is it noticed?"),
]
Contract = Annotated[
    bool,
    typer.Option("--contract", help="Instead: do suites try all that docstrings let in?"),
]
Seeds = Annotated[int, typer.Option("--seeds", min=1, max=1000, help="Seeds to try solutions on.")]


def check(
    exercises: Exercises = None,
    seeds: Seeds = 3,
    mutants: Mutants = False,
    contract: Contract = False,
    course: CoursePath = None,
    plain: Plain = False,
) -> None:
    """Prove the course: its solutions, stubs, wrong ideas and tests."""
    taught = open_source(course, strict=True)
    wanted = known_exercises(taught, exercises or []) or tuple(e.id for e in taught.exercises)
    chosen = [exercise for exercise in taught.exercises if exercise.id in wanted]
    if mutants:
        faults = _mutate(taught, chosen, plain)
    elif contract:
        faults = _compare_with_docstrings(taught, chosen, plain)
    else:
        faults = _prove(taught, chosen, seeds, plain)
    raise typer.Exit(2 if faults else 0)


def _prove(taught: Course, chosen: list[Exercise], seeds: int, plain: bool) -> int:
    """The proof, exercise by exercise; the number of faults."""
    from grader.authoring.proof import check
    from grader.cli.screens.bar import progress_bar
    from grader.cli.screens.proof import print_checked, print_proof_summary
    from grader.cli.screens.screen import Screen

    screen = Screen(plain=plain)
    began = time.perf_counter()
    faults = 0
    with _grader(taught, chosen, audit=True) as grader, progress_bar(len(chosen), plain) as bar:
        for checked in check(taught, chosen, grader, tuple(range(seeds)), bar.name):
            bar.advance()
            with bar.hidden():
                print_checked(screen, checked)
            faults += len(checked.faults)
    print_proof_summary(screen, len(chosen), faults, time.perf_counter() - began)
    return faults


def _grader(course: Course, chosen: list[Exercise], audit: bool = False) -> Grader:
    """A grader with a judge for each processor, and no more than there are exercises."""
    from grader.grading.engine import Grader

    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    jobs = max(1, min(processors, len(chosen)))
    wanted = [exercise.id for exercise in chosen]
    return Grader(course, exercises=wanted, jobs=jobs, audit=audit)


def _compare_with_docstrings(taught: Course, chosen: list[Exercise], plain: bool) -> int:
    """What docstrings let in and suites never try; the number of faults."""
    from grader.cli.screens.bar import progress_bar
    from grader.cli.screens.proof import print_contract, print_proof_summary
    from grader.cli.screens.screen import Screen

    screen = Screen(plain=plain)
    began = time.perf_counter()
    faults = 0
    with _grader(taught, chosen) as grader, progress_bar(len(chosen), plain) as bar:
        reviews = (partial(grader.review, exercise.id, contract=True) for exercise in chosen)
        grader.start()
        for exercise, read in zip(chosen, grader.in_parallel(reviews), strict=True):
            bar.advance()
            with bar.hidden():
                print_contract(screen, exercise.id, read.faults)
            faults += len(read.faults)
    print_proof_summary(screen, len(chosen), faults, time.perf_counter() - began)
    return faults


def _mutate(taught: Course, chosen: list[Exercise], plain: bool) -> int:
    """Mutants of each exercise, on every processor; the number of faults."""
    from grader.authoring import mutation
    from grader.cli.screens.bar import progress_bar
    from grader.cli.screens.proof import print_mutated, print_mutation_summary
    from grader.cli.screens.screen import Screen

    screen = Screen(plain=plain)
    began = time.perf_counter()
    done: list[mutation.Mutated] = []
    with _grader(mutation.quick(taught), chosen) as grader, progress_bar(0, plain) as bar:

        def one(exercise: str) -> None:
            bar.name(exercise)
            bar.advance()

        for mutated in mutation.mutate(taught, chosen, grader, bar.set_total, one):
            with bar.hidden():
                print_mutated(screen, mutated)
            done.append(mutated)
    summary = mutation.summarise(done)
    print_mutation_summary(screen, summary, time.perf_counter() - began)
    return summary.faults
