"""One hand-in, as a value and as the JSON that stands beside its files.

A collected class is a folder that says so in `class.json`:

    hw/class.json                          format, unit, when it was collected
    hw/roster.json                         who is in it, a list of `Person`
    hw/collect.log                         what was read, skipped and why
    hw/work/STUDENT/0001/attempt.json      an `Attempt`
    hw/work/STUDENT/0001/files/…           what was handed in, byte for byte
"""

from __future__ import annotations

import datetime

import msgspec

__all__ = ["CLASS", "Attempt", "Collected"]

#: The file that makes a folder a collected class. No course is looked for inside of one.
CLASS = "class.json"


class Attempt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one student handed in at one time.

    Args:
        student: the key of the student whose mark it decides.
        number: which of the student's attempts, from 1, as the source counts them.
        source: what it came from: "canvas", "moodle", "gradescope", "classroom50", "nbgrader",
            "pack", "folder".
        origin: where it stood there: archive and entry, for a person who wants to look.
        digest: SHA-256 of names and bytes of its files, in hexadecimal.
        unit: the unit that it was handed in for; None where it may be for any.
        at: when it was handed in, with zone; None where the source does not say.
        late: whether the source marks it as late; None where it does not say.
        team: everybody whose mark it decides, where it was handed in by a team.
        picked: whether it is the attempt that counts.
        notes: what a person should know of it, a sentence each.
    """

    student: str
    number: int
    source: str
    origin: str
    digest: str
    unit: str | None = None
    at: datetime.datetime | None = None
    late: bool | None = None
    team: tuple[str, ...] = ()
    picked: bool = True
    notes: tuple[str, ...] = ()


class Collected(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `class.json` holds."""

    format: int
    at: datetime.datetime
    unit: str | None = None
    course: str = ""
