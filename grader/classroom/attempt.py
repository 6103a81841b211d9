"""One hand-in, as a value and as the JSON that stands beside its files.

A collected class is a folder that says so in `wxb-class.json`:

    hw/wxb-class.json                      format, unit, when it was collected
    hw/roster.json                         who is in it, a list of `Person`
    hw/collect.log                         what was read, skipped and why
    hw/work/STUDENT/0001/attempt.json      an `Attempt`
    hw/work/STUDENT/0001/files/…           what was handed in, byte for byte
    hw/work/STUDENT/0001/read/…            what is graded of it, only where that is something else:
                                           zips unpacked, names as they were before an LMS renamed
    hw/unmatched/0001/…                    the same, of somebody who is not known

`grader.classroom.collected` reads it. Which attempt counts stands nowhere: it follows from all of
them, so that a new one changes no file.
"""

from __future__ import annotations

import datetime

import msgspec

from grader.course.reading.load import COLLECTED

__all__ = ["CLASS", "Attempt", "Collected"]

#: The file that makes a folder a collected class. No course is looked for inside of one.
CLASS = COLLECTED


class Attempt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one student handed in at one time.

    Args:
        student: the key of the student whose mark it decides.
        number: which of the student's attempts, from 1, as the source counts them.
        source: what it came from: "canvas", "moodle", "blackboard", "brightspace", "gradescope",
            "classroom50", "nbgrader", "pack", "folder".
        origin: where it stood there: archive and entry, for a person who wants to look.
        digest: SHA-256 of names and bytes of its files, in hexadecimal.
        unit: the unit that it was handed in for; None where it may be for any.
        at: when it was handed in, with zone; None where the source does not say.
        late: whether the source marks it as late; None where it does not say.
        team: everybody whose mark it decides, where it was handed in by a team.
        picked: whether it is the attempt that counts; worked out when a class is read.
        notes: what a person should know of it, a sentence each.
        units: the units that something in it is for, as far as its names tell; empty where they
            tell nothing.
        ref: what tells it from others in its source: attachments, a commit, a time.
        order: what the source numbers its hand-ins by, the later the larger; 0 where it does not.
        folder: where it lies in the collected folder; not written down.
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
    units: tuple[str, ...] = ()
    ref: str = ""
    order: int = 0
    folder: str = ""

    @property
    def entry(self) -> str:
        """Where it stands in its source, whatever the source is called."""
        return self.origin.partition(": ")[2] or self.origin


class Collected(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `wxb-class.json` holds.

    Args:
        at: when the first hand-in was collected.
        unit: the unit that all were collected for; None where they are of several.
        course: the title of the course, where one was at hand.
        keep: which attempts count, where that was said: "last", or "best" or "all", where all are
            to be graded; "" where the course's policy says it.
        roster: the sheets that its people were last taken from; "" where it has no roster.
    """

    format: int
    at: datetime.datetime
    unit: str | None = None
    course: str = ""
    keep: str = ""
    roster: str = ""
