"""Small courses, each in a module with `write(folder)`.

length   one exercise with everything that `grade check` asks for
double   two exercises, so that there is one to go on to
sums     one exercise whose tests can end in every verdict, without stubs
pictured two units with lessons and visualizers
three    two units and three exercises that use every key of course.yaml

A larger one, for reading only, is in tests/courses/workshop.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from support.files import write


def write_course(root: Path, files: Mapping[str, str]) -> Path:
    """Write a course's files, and the stubs that follow from its solutions."""
    from grader.authoring.sync import sync
    from grader.course.reading.load import load

    sync(load(write(root, files)), write=True)
    return root
