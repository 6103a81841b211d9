"""Where a gradebook is: the one that was named, or this course's own in the user's data folder.

By default it lies outside of the course, in a folder that only its owner can read. No worker can:
a place among the libraries that every worker reads is refused.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import msgspec
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from grader.course.outline import Course
from grader.errors import IsolationError, UsageError
from grader.sandbox.lock.paths import readable_paths, refuse

__all__ = ["VARIABLE", "Place", "default_path", "find", "left_behind", "network_disk"]

VARIABLE = "WXB_GRADEBOOK"

#: File systems on which processes of several machines cannot share SQLite's memory file:
#: https://sqlite.org/wal.html, "All processes using a database must be on the same host computer".
_NETWORK = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.davfs", "fuse.glusterfs",
    "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs3",
    "nfs4", "orangefs", "smb3", "smbfs", "virtiofs",
})  # fmt: skip


class Place(msgspec.Struct, frozen=True):
    """One place.

    Args:
        url: for SQLAlchemy, with any password in it.
        shown: for people, without it.
        file: where SQLite keeps it; None on a server.
        network: the file system's name, where that is shared between machines.
        given: whether somebody named it; else it follows from the course's folder.
    """

    url: URL
    shown: str
    file: Path | None = None
    network: str = ""
    given: bool = True


def find(course: Course, given: str | None) -> Place:
    """The place that was named, by an option or by `WXB_GRADEBOOK`, or the course's own.

    Raises:
        UsageError: what was named can be no gradebook.
        IsolationError: student code could read it there.
    """
    text = given or os.environ.get(VARIABLE, "")
    if not text:
        own = _file(default_path(course.root, course.title), course)
        return msgspec.structs.replace(own, given=False)
    if "://" not in text:
        return _file(Path(text).expanduser(), course)
    try:
        url = make_url(text)
    except ArgumentError:
        raise UsageError(
            f"{re.sub(r'//[^@]*@', '//…@', text)} is no URL of a database; expected a file's path, "
            "or e.g. postgresql://user@host/database"
        ) from None
    if url.get_backend_name() == "sqlite":
        if not url.database or ":memory:" in url.database or url.database.startswith("file:"):
            raise UsageError(f"{text} keeps nothing; expected a file, e.g. sqlite:///marks.db")
        return _file(Path(url.database), course)
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    return Place(url, url.render_as_string(hide_password=True).replace("+psycopg", "", 1))


def default_path(root: str, title: str) -> Path:
    """The file of a course: its title for people, a digest of its folder, which no two share."""
    data = os.environ.get("XDG_DATA_HOME", "")
    home = Path(data) if os.path.isabs(data) else Path(os.path.expanduser("~/.local/share"))
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold())[:40].strip("-") or "course"
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
    return home / "wxb" / f"{slug}-{digest}" / "gradebook.db"


def left_behind(place: Place) -> list[Path]:
    """Gradebooks of courses of the same title whose folder is not there any more: moved, maybe."""
    if place.file is None:
        return []
    slug = place.file.parent.name.rpartition("-")[0]
    found = []
    for file in sorted(place.file.parent.parent.glob(f"{slug}-*/{place.file.name}")):
        try:
            with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
                row = connection.execute("SELECT value FROM book WHERE key = 'root'").fetchone()
        except sqlite3.Error:
            continue
        if row is not None and not os.path.lexists(row[0]):
            found.append(file)
    return found


def _file(path: Path, course: Course) -> Place:
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name the gradebook's file in it.")
    try:
        refuse(readable_paths(sys.path, [course.root, path]), [path])
    except IsolationError as error:
        raise IsolationError(f"{error} Name another place with --gradebook.") from None
    url = URL.create("sqlite+pysqlite", database=str(path))
    return Place(url, str(path), path, network_disk(path))


def network_disk(path: Path, mounts: str | None = None) -> str:
    """The file system that a path is on, if other machines may have it open, too; else "".

    Args:
        mounts: as in /proc/self/mountinfo, which is read by default; see proc(5).
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        except OSError:  # another system than Linux
            return ""
    real = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, types = before.split(), after.split()
        if len(fields) < 5 or not types:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, types[0]
    return kind if kind in _NETWORK else ""
