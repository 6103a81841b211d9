"""`grade reset`: a stub as it was at the start, once what was there has been saved."""

from __future__ import annotations

from pathlib import Path

from grader.course.handout import original, save_aside
from grader.course.outline import Exercise
from grader.study.progress import Progress

__all__ = ["reset"]


def reset(progress: Progress, exercise: Exercise) -> Path | None:
    """Give an exercise's stub back; where the work that was there is now, None if there was none.

    Raises:
        UsageError, CourseError: the stub is not known.
        OSError: a file cannot be read or written; the work is where it was.
    """
    course = progress.course
    text, path = original(course, exercise), course.stub(exercise)
    saved = None
    if path.exists() and path.read_bytes() != text.encode():
        saved = save_aside(Path(course.root), path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.tmp")
    try:
        part.write_bytes(text.encode())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    progress.forget(exercise)
    progress.save()
    return saved
