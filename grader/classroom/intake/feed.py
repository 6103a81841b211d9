"""A source that is asked over a network: its people and hand-ins, and a tree that fetches bytes.

What is told here was read already; the files of a hand-in are fetched when it is kept, and not at
all where the class has it. `Unreached` says that one could not be had for now.
"""

from __future__ import annotations

import msgspec

from grader.classroom.intake.handin import HandIn
from grader.classroom.intake.tree import Tree
from grader.classroom.listed import Listing

__all__ = ["Feed", "Unreached"]


class Unreached(Exception):
    """A file of a hand-in could not be had now; later it may. The message is a sentence."""


class Feed(msgspec.Struct, frozen=True):
    """What a system answered.

    Args:
        kind: which system, as `Attempt.source` names it.
        listing: who is in the class, all of them.
        tree: fetches files; its name is the system's, for people.
        hand_ins: what was handed in. `ref` tells each from any other of the system for good.
    """

    kind: str
    listing: Listing
    tree: Tree
    hand_ins: tuple[HandIn, ...]
