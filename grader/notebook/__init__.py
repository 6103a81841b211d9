"""Grading inside a notebook:

    from grader.notebook import check

    check("dot_product")  # or check(dot_product), the function itself

grades the functions that the notebook's cells have defined, as they are now, and shows what is
right, what is wrong, and which idea is wrong. Importing it in a notebook starts the process that
will grade, so that the first check need not wait for it.

    __init__.py   `check`
    live.py       what the running notebook's cells have defined, as texts of modules
    ran.py        how far they were run
    warm.py       graders that stay from one check to the next
    result.py     what a check came to, and what is shown of it
    validated.py  the same while `nbgrader validate` runs the notebook

It runs in the notebook's kernel, as the caller; student code runs again, locked, in a worker.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from grader.course.guide import load_guide
from grader.course.names import find_exercises
from grader.errors import UsageError, WxbError
from grader.handin.cells.module import labels
from grader.handin.folder import read_beside
from grader.handin.helpers import helpers
from grader.handin.submission import Submission
from grader.notebook import live, ran, validated, warm
from grader.notebook.result import Result
from grader.report.model import is_right

__all__ = ["Result", "check"]


def check(*exercises: str | Callable[..., object], course: str | Path | None = None) -> Result:
    """Grade functions that are defined in this notebook.

    Args:
        exercises: names of exercises or units, or functions of exercises themselves; by default
            every exercise that has a function defined here.
        course: a course.yaml, or the folder that holds one; by default the nearest one upward
            from the notebook's folder.

    Raises:
        UsageError: this is no notebook, there is no course, no such exercise, or a function that
            none asks for.
        CourseError, GraderFault: as `grade` would say.
        NotPassed: nbgrader runs this notebook, and not all is right.
    """
    if not validated.is_running():
        return _checked(exercises, course)
    try:
        result = _checked(exercises, course)
    except WxbError as error:
        validated.refuse(error)
    return validated.validated(result)


def _checked(
    exercises: tuple[str | Callable[..., object], ...], course: str | Path | None
) -> Result:
    shell = live.shell()
    began = time.perf_counter()
    grader = warm.grader(course)
    taught = grader.course
    names = [name for each in exercises for name in live.names_of(each, taught, shell.user_ns)]
    wanted = find_exercises(taught, names)
    modules = live.modules(taught, shell, whole=not wanted)
    if not wanted and not modules:
        known = ", ".join(e.id for e in taught.exercises)
        raise UsageError(
            "No function of an exercise is defined here yet: write one, run its cell, and check "
            f"again. The exercises are {known}."
        )
    wanted = wanted or tuple(modules)
    sources = {f"{name}.py": made.text for name, made in modules.items() if name in wanted}
    notes = {f"{n}." for name in wanted if name in modules for n in modules[name].notes}
    beside = helpers(sources.values(), Path.cwd(), known=set(sources))
    texts = sources | beside
    data = read_beside(Path.cwd(), texts)
    remarks = tuple(sorted(notes))
    submission = Submission.from_sources(texts, "this notebook", remarks, single=True, data=data)
    report = grader.grade(submission, wanted)
    right = [taught.exercise(e.id) for e in report.exercises if is_right(e)]
    return Result(
        report=report,
        feedback=taught.feedback,
        seconds=time.perf_counter() - began,
        handout=taught.handout,
        missing=grader.missing,
        taken={name: tuple(labels(modules[name].text)) for name in wanted if name in modules},
        why={e.id: load_guide(taught, e).why for e in right if e is not None},
    )


if live.is_running():
    warm.begin()
    ran.listen(live.shell())
