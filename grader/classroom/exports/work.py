"""What was handed in, found again: gradings by id, and the folders of collected classes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.classroom.attempt import CLASS
from grader.classroom.collected import files_of, read_attempts
from grader.classroom.exports.export import Work
from grader.classroom.gradebook.values import Submission

if TYPE_CHECKING:
    from grader.classroom.gradebook.book import Gradebook

__all__ = ["work_of"]

#: Gradings that are kept at hand: an untouched stub is many students'.
_KEPT = 512
#: What tells an attempt from others, beside its student.
_Key = tuple[str, int, str, str | None]


def work_of(book: Gradebook) -> Work:
    """All work in a gradebook; it is asked while the gradebook is open."""
    submissions = {each.id: each for each in book.submissions()}

    mergers = book.mergers.known()

    @lru_cache(1)
    def folders() -> dict[_Key, dict[str, Path]]:
        found: dict[_Key, dict[str, Path]] = {}
        for kind, place in book.places():
            if kind != "collected" or not (place / CLASS).is_file():
                continue
            for each in read_attempts(place, mergers):
                key = each.source, each.number, each.digest, each.unit
                found.setdefault(key, {})[each.student] = files_of(place, each)
        return found

    def files(number: int) -> Path | None:
        one: Submission | None = submissions.get(number)
        if one is None:
            return None
        there = folders().get((one.source, one.number, one.digest, one.unit), {})
        path = next((there[key] for key in one.students if key in there), None)
        return path if path is not None and path.is_dir() else None

    return Work(lru_cache(_KEPT)(book.result), submissions, files)
