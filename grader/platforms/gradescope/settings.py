"""What the zip says of itself (`wxb.json`), and where things lie below /autograder.

source/           the zip, unpacked: course/ and handout/ are in it
submission/       what the student handed in
results/          results.json goes there
submission_metadata.json
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from grader.classroom.exports.export import Clock
from grader.errors import UsageError
from grader.platforms.reports.gradescope import Visibility

__all__ = ["NAME", "Places", "Settings"]

NAME = "wxb.json"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What is graded, and how.

    Args:
        course: the course's title, for people.
        exercises: ids, in course order.
        torch: whether PyTorch is installed, and its tests count.
        late: whose lateness is in the score.
        show: from when on students see the hidden tests and their score.
    """

    format: Literal[1] = 1
    course: str
    exercises: tuple[str, ...]
    torch: bool
    late: Clock = "lms"
    show: Visibility = "after_due_date"


class Places:
    """The folders of one container.

    Args:
        root: /autograder, or a folder laid out like it.
    """

    def __init__(self, root: Path) -> None:
        self.source = root / "source"
        self.course = self.source / "course"
        self.handout = self.source / "handout"
        self.submission = root / "submission"
        self.metadata = root / "submission_metadata.json"
        self.results = root / "results"

    @property
    def protected(self) -> tuple[Path, ...]:
        """What no student's code may read, besides the course: Gradescope's files, and ours."""
        return self.source, self.results, self.metadata

    def settings(self) -> Settings:
        """What the zip says of itself.

        Raises:
            UsageError: it is not there, or another version's.
        """
        path = self.source / NAME
        try:
            return msgspec.json.decode(path.read_bytes(), type=Settings)
        except (OSError, msgspec.MsgspecError) as error:
            raise UsageError(
                f"{path}: {error}. Build the zip anew with `grade platform gradescope`."
            ) from None
