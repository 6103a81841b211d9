"""`grade list`: the map of the course."""

from __future__ import annotations

from grader.cli.options import CoursePath, Plain, open_course

__all__ = ["list_"]


def list_(course: CoursePath = None, plain: Plain = False) -> None:
    """Show the map of the course, and how far you are."""
    from grader.cli.screens.course import print_map
    from grader.cli.screens.screen import Screen
    from grader.study.progress import Progress

    taught = open_course(course)
    print_map(Screen(plain=plain), taught, Progress(taught))
