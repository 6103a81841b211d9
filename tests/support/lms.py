"""What other systems make of a class: Gradescope, nbgrader, Classroom 50, `grade pack`.

Canvas's and Moodle's are in `tools.lms`. Each follows the system's own source, or, for Gradescope,
what readers of its exports agree on.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml

from grader.handin.archive import MANIFEST, Packed
from tools.lms import zipped

#: A right answer for one exercise of this repository's first unit, and one for another.
MAGNITUDE = b"import numpy as np\n\n\ndef magnitude(v):\n    return float(np.sqrt((v * v).sum()))\n"
ARITHMETIC = b"def add(a, b):\n    return a + b\n"


class Submitter(NamedTuple):
    name: str
    sid: str
    email: str


def gradescope_export(
    folder: Path,
    submissions: Sequence[tuple[Sequence[Submitter], Mapping[str, bytes], str]],
    *,
    symbols: bool = True,
    attempts: int = 1,
) -> Path:
    """An export, unpacked: submitters, files and time of each submission."""
    mark = ":" if symbols else ""
    metadata = {}
    for number, (who, files, at) in enumerate(submissions, 5001):
        name = f"submission_{number}"
        for file, data in files.items():
            path = folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        metadata[name] = {
            f"{mark}submitters": [
                {f"{mark}name": s.name, f"{mark}sid": s.sid, f"{mark}email": s.email} for s in who
            ],
            f"{mark}created_at": at,
            f"{mark}score": 0.0,
            f"{mark}history": [{f"{mark}id": n} for n in range(attempts - 1)],
        }
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(metadata, allow_unicode=True)
    (folder / "submission_metadata.yml").write_text(text, "utf-8")
    return folder


def nbgrader_inbound(
    folder: Path, student: str, assignment: str, at: str, files: Mapping[str, bytes]
) -> Path:
    """One submission in the exchange: exchange/default/submit.py."""
    place = folder / f"{student}+{assignment}+{at}+{hashlib.sha256(at.encode()).hexdigest()[:12]}"
    place.mkdir(parents=True)
    for name, data in files.items():
        (place / name).write_bytes(data)
    (place / "timestamp.txt").write_text(at, "utf-8")
    return place


def nbgrader_submitted(
    folder: Path, student: str, assignment: str, at: str, files: Mapping[str, bytes]
) -> Path:
    """One submission of an nbgrader course, after `nbgrader collect`."""
    place = folder / "submitted" / student / assignment
    place.mkdir(parents=True)
    for name, data in files.items():
        (place / name).write_bytes(data)
    if at:
        (place / "timestamp.txt").write_text(at, "utf-8")
    return place


def clone(
    folder: Path, files: Mapping[str, bytes], committed: int, zone: str = "+0100", tag: str = ""
) -> str:
    """A clone with one commit, written as git writes it; the commit's id."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    git = folder / ".git"
    tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # git's empty tree
    body = (
        f"tree {tree}\nauthor A <a@example.org> {committed} {zone}\n"
        f"committer A <a@example.org> {committed} {zone}\n\nDone\n"
    ).encode()
    data = b"commit %d\0" % len(body) + body
    sha = hashlib.sha1(data).hexdigest()
    path = git / "objects" / sha[:2] / sha[2:]
    path.parent.mkdir(parents=True)
    path.write_bytes(zlib.compress(data))
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    (git / "refs" / "heads" / "main").write_text(f"{sha}\n", "utf-8")
    if tag:
        (git / "packed-refs").write_text(f"{sha} refs/tags/submit/{tag}-{sha[:7]}\n", "utf-8")
    return sha


def packed(unit: str, files: Mapping[str, bytes], course: str = "A course") -> bytes:
    """What `grade pack` makes."""
    manifest = msgspec.json.encode(Packed(course, "0" * 64, unit, "1.0"))
    where = f"exercises/{unit}/" if unit else "exercises/"
    return zipped([(MANIFEST, manifest), *((where + name, data) for name, data in files.items())])


def hostile_zip() -> bytes:
    """A student's zip with one good module, and one of each thing that must not be unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("magnitude.py", MAGNITUDE)
        archive.writestr("../../climbs.py", b"x = 1\n")
        archive.writestr("/absolute.py", b"x = 1\n")
        archive.writestr("C:\\drive.py", b"x = 1\n")
        archive.writestr("bomb.py", bytes(17 << 20))
        for name, kind in (("link.py", stat.S_IFLNK), ("device.py", stat.S_IFBLK)):
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = (kind | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
    return made.getvalue()


def nested_zip(depth: int, name: str, data: bytes) -> bytes:
    """A file in a zip in a zip, so many deep."""
    for level in range(depth):
        data = zipped([(name, data)])
        name = f"level{level}.zip"
    return data


def encrypted(data: bytes) -> bytes:
    """A zip whose first entry says that it is locked with a password."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark) + at
        changed[place] |= 1
    return bytes(changed)
