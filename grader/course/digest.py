"""What decides marks, as one digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from grader.course.outline import Course

__all__ = ["suite_digest"]


def suite_digest(course: Course) -> str:
    """SHA-256 of all that decides marks: course.yaml, suites, solutions, misconceptions."""
    root = Path(course.root)
    paths = [course.file(), *sorted((root / "tests" / "hidden").rglob("*.py"))]
    for exercise in course.exercises:
        paths += [course.solution(exercise), course.misconceptions(exercise)]
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            name = path.relative_to(root).as_posix().encode()
            data = path.read_bytes()
            digest.update(len(name).to_bytes(8, "little") + name)
            digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()
