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
from grader.classroom.people import Person, folded

__all__ = ["System", "file_stem", "is_own", "prefix_for"]

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
    number = person.aliases.get("moodle", "")
    own = number if system == "moodle" and number.isdigit() else ""
    further = {value for asked, value in person.also if asked == system}
    known = Known(lambda asked, value: asked == system and value in {*ids, *further})
    found_further = ""
    for submission in reversed(handed_in):
        if submission.source != system:
            continue
        path = submission.origin.rpartition(": ")[2]
        if system == "canvas":
            found = canvas.prefix(path.rpartition("/")[2], known)
        else:
            found = _moodle(path)
            if own and _number(found) != own and _number(found) in ids:
                return moodle.named(person.name or person.key, own)  # a team-mate handed it in
        if found and _number(found.replace("_LATE_", "_")) in further:
            found_further = found_further or found  # where their own account has no upload
        elif found:
            return found
    if found_further:
        return found_further
    return moodle.named(person.name or person.key, own) if own else ""


def is_own(system: System, person: Person, prefix: str) -> bool:
    """Whether nobody but the student reads what has this prefix.

    Moodle gives a file to whom its number means, which may be a team: then the name is the team's.
    Canvas gives it to the whole team in any case.
    """
    name = folded(prefix.partition("_")[0])
    is_theirs = name in (folded(person.name), folded(person.key))
    return system == "moodle" and is_theirs and _number(prefix) == person.aliases.get("moodle")


def _number(prefix: str) -> str:
    return prefix.split("_")[1] if prefix.count("_") > 1 else ""


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
