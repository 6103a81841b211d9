"""The names that an LMS finds a student's feedback by, when a zip of it is uploaded.

Canvas takes the user and the upload from the name that its own zip had; Moodle takes the number of
the participant. Where nothing was handed in through it, Canvas takes nothing back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Literal

from grader.classroom.gradebook.values import Submission
from grader.classroom.intake import canvas, moodle
from grader.classroom.intake.handin import Known
from grader.classroom.people import Person

__all__ = ["System", "file_stem", "prefix_for"]

System = Literal["canvas", "moodle"]
#: Names that some system keeps for its devices.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def prefix_for(
    system: System, person: Person, handed_in: Sequence[Submission], ids: Collection[str]
) -> str:
    """What a student's file begins with there; "" where the LMS could not find them.

    Args:
        handed_in: what decides the marks that the feedback is about, the newest last: Canvas
            knows the last attempt's uploads only.
        ids: everybody's ids in that system.
    """
    known = Known(lambda asked, value: asked == system and value in ids)
    for submission in reversed(handed_in):
        if submission.source != system:
            continue
        path = submission.origin.rpartition(": ")[2]
        if system == "canvas":
            found = canvas.prefix(path.rpartition("/")[2], known)
        else:
            found = _moodle(path)
        if found:
            return found
    number = person.aliases.get("moodle", "")
    if system == "moodle" and number.isdigit():
        return moodle.named(person.name or person.key, number)
    return ""


def _moodle(path: str) -> str:
    """By the folder that is Moodle's, however many there are around it."""
    parts = path.split("/")
    tries = (moodle.prefix("/".join(parts[n:])) for n in range(len(parts)))
    return next(filter(None, tries), "")


def file_stem(key: str, taken: Collection[str]) -> str:
    """A student's key as the name of a file on any system; nobody else's."""
    plain = unicodedata.normalize("NFC", key)
    plain = re.sub(r"[^\w.@+-]+", "-", plain).strip(".-") or "student"
    while len(plain.encode()) > 150:
        plain = plain[:-1]
    if _DEVICES.fullmatch(plain):
        plain = f"_{plain}"
    stem, number = plain, 1
    while stem.casefold() in taken:
        number += 1
        stem = f"{plain}-{number}"
    return stem
