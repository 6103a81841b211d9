"""Sources of hand-ins: each file knows one, says whether it is that, and tells what is in it.

handin.py        a hand-in as a source tells it, before anything is decided
feed.py          a source that is asked over a network: its people, its hand-ins
tree.py          a source as a list of files: a zip, a folder, one file
canvas.py        the zip of an assignment's submissions
moodle.py        the same from Moodle: folders, flat, teams, hidden names
blackboard.py    Blackboard's download of an assignment
brightspace.py   the same of Brightspace
gradescope.py    an export with submission_metadata.yml
classroom50.py   clones of students' repositories
nbgrader.py      the exchange's inbound folder, and submitted/
pack.py          zips that `grade pack` made
folder.py        plain folders and files, which is what is left

`SOURCES` has them in the order in which they are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from grader.classroom.intake import (
    blackboard,
    brightspace,
    canvas,
    classroom50,
    folder,
    gradescope,
    moodle,
    nbgrader,
    pack,
)
from grader.classroom.intake.handin import HandIn, Known
from grader.classroom.intake.tree import Tree

__all__ = ["SOURCES", "Source", "recognised"]


class Source(Protocol):
    """What each file of this folder is."""

    @property
    def SOURCE(self) -> str: ...  # noqa: N802

    def recognises(self, tree: Tree, known: Known) -> bool:
        """Whether a tree is of this source."""

    def hand_ins(self, tree: Tree, known: Known) -> Iterator[HandIn]:
        """What is in it, one student after the other."""


#: Name -> source; the first one that recognises a tree reads it.
SOURCES: dict[str, Source] = {
    source.SOURCE: source
    for source in (
        blackboard, brightspace, canvas, moodle, gradescope, classroom50, nbgrader, pack, folder,
    )
}  # fmt: skip


def recognised(tree: Tree, known: Known) -> Source:
    """The source that a tree is of."""
    return next(source for source in SOURCES.values() if source.recognises(tree, known))
