"""What Canvas and Moodle make of a class, from their own sources: for examples and for tests.

What Blackboard and Brightspace make of one follows what public tools say of their downloads.

Zips are made with one time and one packing, so that the same class gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

__all__ = ["Student", "Upload", "blackboard_zip", "brightspace_zip", "canvas_name",
           "canvas_sheet", "canvas_zip", "moodle_sheet", "moodle_zip", "zipped"]  # fmt: skip

#: Earliest time that a zip can carry.
_TIME = (1980, 1, 1, 0, 0, 0)


class Student(NamedTuple):
    """A made-up student, by all the names that systems have for them."""

    first: str
    last: str
    canvas: int
    sis: str
    login: str
    email: str
    section: str
    participant: int

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def sortable(self) -> str:
        return f"{self.last}, {self.first}"


class Upload(NamedTuple):
    """What somebody handed in.

    Args:
        name: the sortable name in Canvas, "" where it is hidden, or the whole name in Moodle; a
            team's name for a team.
        number: the user's id in Canvas, `anon_…` where it is hidden; the participant's in Moodle,
            "" where there is none.
        files: name -> bytes; in Moodle's folders also a path. In Canvas `text.html` is what was
            typed.
        late: whether Canvas marks it as late.
    """

    name: str
    number: int | str
    files: dict[str, bytes]
    late: bool = False


def zipped(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of files, in this order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data)
    return made.getvalue()


# --- Canvas: lib/content_zipper.rb and app/models/attachment.rb -----------------------------------


def canvas_name(name: str, number: int | str, late: bool = False) -> str:
    """`get_filename`: the name in small letters, LATE, the id; then no character but [[:word:]]."""
    name = re.sub(r"_([0-9]+)_", r"\1", name)
    parts = [*([name.lower()] if name else []), *(["LATE"] if late else []), str(number)]
    return "".join(c for c in "_".join(parts) if _is_word(c))


def _is_word(character: str) -> bool:
    """Ruby's [[:word:]]: letter, mark, decimal number, connecting punctuation."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Pc")


def canvas_zip(uploads: Sequence[Upload], first_attachment: int = 90_210) -> bytes:
    """An assignment's submissions: each file is an attachment with a number of its own."""
    attachment = first_attachment
    entries: dict[str, bytes] = {}
    for upload in uploads:
        called = canvas_name(upload.name, upload.number, upload.late)
        for file, data in upload.files.items():
            if file in ("text.html", "link.html"):
                entries[f"{called}_{file}"] = data
                continue
            display = re.sub(r'[\x00/\\:*?"<>|]+', "_", file)
            entries[_unique(f"{called}_{attachment}_{display}", entries)] = data
            attachment += 1
    return zipped(entries.items())


def _unique(name: str, taken: dict[str, bytes]) -> str:
    """`make_unique_filename`: -1, -2, … before the ending."""
    stem, dot, ending = name.rpartition(".")
    new, number = name, 0
    while new in taken:
        number += 1
        new = f"{stem}-{number}{dot}{ending}"
    return new


def canvas_sheet(students: Sequence[Student], assignment: str, points: str) -> str:
    """The gradebook as exported: no scores yet, the row of points, the test student at the end."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    ids = ["ID", "SIS User ID", "SIS Login ID", "Section"]
    totals = ["Current Score", "Final Score"]
    write(["Student", *ids, f"{assignment} (4711)", *totals])
    write(["    Points Possible", "", "", "", "", points, "(read only)", "(read only)"])
    for s in sorted(students, key=lambda s: s.sortable):
        write([s.sortable, s.canvas, s.sis, s.login, s.section, "", "", ""])
    write(["Student, Test", 99_999, "", "7f1c9a52d08e4b", students[0].section, "", "", ""])
    return out.getvalue()


# --- Moodle: mod/assign/classes/downloader.php and gradingtable.php -------------------------------


def moodle_zip(uploads: Sequence[Upload], *, folders: bool = True, plugin: str = "file") -> bytes:
    """An assignment's submissions, one folder a participant, or flat."""
    entries = []
    for upload in uploads:
        number = f"_{upload.number}" if upload.number != "" else ""
        prefix = _clean(upload.name.replace("_", " ") + number)
        for file, data in upload.files.items():
            called = f"{prefix}_assignsubmission_{plugin}"
            entries.append((f"{called}/{file}" if folders else _clean(f"{called}_{file}"), data))
    return zipped(entries)


def _clean(name: str) -> str:
    """`clean_filename`: PARAM_FILE leaves these out."""
    kept = re.sub(r"[\x00-\x1f\x7f&<>\"`|':\\/]", "", name)
    return "" if kept in (".", "..") else kept


def moodle_sheet(
    students: Sequence[Student], times: dict[int, str], points: str, *, blind: bool = False
) -> str:
    """The grading worksheet; `times` has a participant's hand-in as Moodle writes it."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    who = [] if blind else ["Full name", "Email address"]
    tail = ["Maximum grade", "Grade can be changed", "Last modified (submission)"]
    more = ["Last modified (grade)", "Feedback comments"]
    write(["Identifier", *who, "Status", "Grade", *tail, *more])
    for s in students:
        at = times.get(s.participant)
        status = "Submitted for grading" if at else "No submission"
        named = [] if blind else [s.name, s.email]
        write(
            [f"Participant {s.participant}", *named, status, "", points, "Yes", at or "-", "-", ""]
        )
    return out.getvalue()


# --- Blackboard and Brightspace -------------------------------------------------------------------


def blackboard_zip(
    assignment: str, uploads: Sequence[tuple[Student, datetime, dict[str, bytes]]]
) -> bytes:
    """An assignment's attempts: each file, and a receipt for each attempt."""
    entries = []
    for student, at, files in uploads:
        start = f"{assignment}_{student.login}_attempt_{at:%Y-%m-%d-%H-%M-%S}"
        entries += [(f"{start}_{name}", data) for name, data in files.items()]
        lines = [
            f"Name: {student.name} ({student.login})",
            f"Assignment: {assignment}",
            f"Date Submitted: {at:%A, %d %B %Y %H:%M:%S} o'clock GMT",
            "Current Mark: Needs Marking", "", "Submission Field:",
            "There is no student submission text data for this assignment.", "", "Comments:",
            "There are no student comments for this assignment.", "", "Files:",
        ]  # fmt: skip
        for name in files:
            lines += [f"\tOriginal filename: {name}", f"\tFilename: {start}_{name}"]
        entries.append((f"{start}.txt", "\n".join(lines).encode() + b"\n"))
    return zipped(entries)


def brightspace_zip(
    uploads: Sequence[tuple[str, str, str, dict[str, bytes]]],
    *,
    within: str = "",
    flat: bool = False,
) -> bytes:
    """An assignment's submissions: (ids, name, time as it is written, files) each."""
    between = " - " if flat else "/"
    start = f"{within}/" if within else ""
    entries = [(f"{start}index.html", b"<html>")]
    for ids, name, at, files in uploads:
        called = f"{start}{ids} - {name} - {at}"
        entries += [(f"{called}{between}{file}", data) for file, data in files.items()]
    return zipped(entries)
