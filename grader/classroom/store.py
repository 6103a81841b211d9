"""Writing a collected class: each hand-in appears whole or not at all, and none is replaced."""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from grader.classroom.attempt import CLASS, Attempt, Collected
from grader.classroom.collected import (
    ATTEMPT,
    FORMAT,
    LOG,
    ROSTER,
    UNMATCHED,
    WORK,
    read_about,
    read_attempts,
    read_class,
    read_people,
    read_unmatched,
)
from grader.classroom.intake.handin import HandIn
from grader.classroom.merged import Mergers, attempt_of, people_of
from grader.classroom.people import Person
from grader.classroom.summary import Problem
from grader.classroom.written import replace_file
from grader.course.outline import Course
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["Store"]

#: Where hand-ins are put together before they are moved to their place.
_STAGED = ".new-"
_CHUNK = 1 << 20


class Store:
    """The folder of a class, while it is written to."""

    def __init__(self, root: Path, about: Collected) -> None:
        self._root, self._about = root, about
        self.people: list[Person] = read_people(root)
        self._attempts: dict[str, list[Attempt]] = {}
        self._staged = 0
        for attempt in read_attempts(root):
            self._attempts.setdefault(attempt.student, []).append(attempt)
        self._attempts[""] = read_unmatched(root)

    @classmethod
    @contextmanager
    def open(cls, root: Path, course: str = "") -> Iterator[Store]:
        """The class in a folder, made where there is none; nobody else writes to it meanwhile.

        Raises:
            UsageError: the folder holds something else, or is being written to.
        """
        if root.is_dir() and not (root / CLASS).is_file() and _is_used(root):
            raise UsageError(
                f"{root} is not empty and holds no collected class; name another folder, "
                f"e.g. --into {root / 'class'}"
            )
        root.mkdir(parents=True, exist_ok=True)
        fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise UsageError(
                    f"Another grade collect is writing to {root}; wait for it."
                ) from None
            _clear(root)
            if not (root / CLASS).is_file():
                now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
                _write(root / CLASS, Collected(FORMAT, now, course=course))
            try:
                yield cls(root, read_about(root))
            finally:
                _clear(root)
        finally:
            os.close(fd)

    @property
    def unmatched(self) -> int:
        return len(self._attempts[""])

    @property
    def is_rostered(self) -> bool:
        """Whether its people were taken from a roster once."""
        return bool(self._about.roster)

    def about(self, keep: str | None = None, rosters: Sequence[str] = ()) -> None:
        """Keep what was asked for of the class as a whole."""
        units = {a.unit for found in self._attempts.values() for a in found}
        names = ", ".join(map(printable, rosters))
        about = msgspec.structs.replace(
            self._about,
            unit=units.pop() if len(units) == 1 else None,
            keep=keep or self._about.keep,
            roster=names or self._about.roster,
        )
        if about != self._about:
            _write(self._root / CLASS, about)
            self._about = about

    def merge(self, mergers: Mergers) -> int:
        """Write down that students turned out to be one; how many hand-ins changed their student.

        Folders stay where they are. What is done already is not done again.
        """
        self.write_people(sorted(people_of(self.people, mergers), key=lambda each: each.key))
        changed = 0
        for earlier in list(self._attempts.values()):
            for known in list(earlier):
                own = attempt_of(known, mergers)
                changed += own != known
                self._change(known, own, earlier)
        return changed

    def write_people(self, people: list[Person]) -> None:
        """Keep who is in the class; before any hand-in of theirs, so that no key is given twice."""
        data = _json(people)
        path = self._root / ROSTER
        if not path.is_file() or path.read_bytes() != data:
            replace_file(path, data, has_marks=False)

    def read(self, course: Course | None) -> tuple[Collected, list[Person], list[Attempt]]:
        return read_class(self._root, course=course)

    # --- hand-ins -------------------------------------------------------------------------------

    def stage(self) -> Path:
        """An empty folder in which a hand-in is put together."""
        self._staged += 1
        staged = self._root / f"{_STAGED}{self._staged}"
        staged.mkdir()
        return staged

    def digest(self, files: Path) -> str:
        """Digest of the names and bytes of all files in a folder."""
        digest = hashlib.sha256()
        for path in sorted(path for path in files.rglob("*") if path.is_file()):
            name = os.fsencode(path.relative_to(files).as_posix())
            size = path.stat().st_size
            digest.update(len(name).to_bytes(8, "little") + name + size.to_bytes(8, "little"))
            with path.open("rb") as file:
                while data := file.read(_CHUNK):
                    digest.update(data)
        return digest.hexdigest()

    def keep(self, attempt: Attempt, staged: Path) -> bool:
        """Move a hand-in to its place, unless it is there; whether it is new."""
        earlier = self._attempts.setdefault(attempt.student, [])
        alike = earlier  # of somebody unknown, equal bytes may be somebody else's
        if not attempt.student:
            alike = [other for other in earlier if other.entry == attempt.entry]
        known = _same(attempt, alike) or self._of_team(attempt)
        if known is not None:
            shutil.rmtree(staged)
            self._fill(known, attempt, self._attempts[known.student])
            return False
        if attempt.student:
            self._found(attempt)
        if not attempt.number:
            # Equal numbers are of hand-ins that never stand beside each other: of other units.
            rivals = [a for a in earlier if attempt.unit is None or a.unit in (None, attempt.unit)]
            number = 1 + max((each.number for each in rivals), default=0)
            attempt = msgspec.structs.replace(attempt, number=number)
        parent = self._root / (f"{WORK}/{attempt.student}" if attempt.student else UNMATCHED)
        parent.mkdir(parents=True, exist_ok=True)
        (staged / ATTEMPT).write_bytes(_json(attempt))
        number = 1 + max((int(p.name) for p in parent.iterdir() if p.name.isdigit()), default=0)
        place = parent / f"{number:04}"
        staged.rename(place)
        earlier.append(
            msgspec.structs.replace(attempt, folder=place.relative_to(self._root).as_posix())
        )
        return True

    def again(self, student: str, hand_in: HandIn, team: tuple[str, ...]) -> Attempt | None:
        """The hand-in that a system tells of once more, which has the system's newest word on it
        now: its time, whether it was late. None where it is not known.
        """
        earlier = self._attempts.get(student, [])
        told = printable(hand_in.ref)
        for known in earlier if told else ():
            is_same = (known.source, known.ref) == (hand_in.source, told)
            is_same = is_same and (known.unit == hand_in.unit or None in (known.unit, hand_in.unit))
            if is_same and (student or known.entry == printable(hand_in.origin).partition(": ")[2]):
                newest = msgspec.structs.replace(known, late=hand_in.late)
                filled = msgspec.structs.replace(
                    newest, unit=known.unit or hand_in.unit, team=known.team or team,
                    at=known.at if known.at is not None else hand_in.at,
                )  # fmt: skip
                self._change(known, filled, earlier)
                return filled
        return None

    def _of_team(self, attempt: Attempt) -> Attempt | None:
        """The same, of a team whose first member was another one when it was collected."""
        for found in self._attempts.values():
            theirs = [a for a in found if attempt.student in a.team and a.entry == attempt.entry]
            if theirs and (known := _same(attempt, theirs)) is not None:
                return known
        return None

    def _fill(self, known: Attempt, attempt: Attempt, earlier: list[Attempt]) -> None:
        """Keep what only a later run knows of a hand-in: its time, whether it was late."""
        filled = msgspec.structs.replace(
            known,
            at=known.at if known.at is not None else attempt.at,
            late=known.late if known.late is not None else attempt.late,
            unit=known.unit or attempt.unit,
            units=known.units or attempt.units,
            team=known.team or attempt.team,
        )
        self._change(known, filled, earlier)

    def _change(self, known: Attempt, filled: Attempt, earlier: list[Attempt]) -> None:
        if filled != known:
            path = self._root / known.folder / ATTEMPT
            _write(path, msgspec.structs.replace(filled, folder=""))
            earlier[earlier.index(known)] = filled

    def _found(self, attempt: Attempt) -> None:
        """Take the copy away of what was not known to be this student's before."""
        known = _same(attempt, [a for a in self._attempts[""] if a.entry == attempt.entry])
        if known is not None:
            shutil.rmtree(self._root / known.folder)
            self._attempts[""].remove(known)

    # --- the log --------------------------------------------------------------------------------

    def log(self, problems: Sequence[Problem], notes: Sequence[str]) -> None:
        """Add to the log what it does not say yet."""
        path = self._root / LOG
        lines = [": ".join(filter(None, (p.where, p.who, p.what))) for p in problems]
        lines += map(printable, notes)
        lines += [
            f"{a.origin}: kept as {a.folder}" for found in self._attempts.values() for a in found
        ]
        known = set()
        if path.is_file():
            text = path.read_text("utf-8", "replace")
            known = {re.sub(r"^\S+ ", "", line) for line in text.splitlines()}
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        new = [line for line in dict.fromkeys(map(printable, lines)) if line not in known]
        if new:
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.writelines(f"{now} {line}\n" for line in new)


def _same(attempt: Attempt, earlier: Sequence[Attempt]) -> Attempt | None:
    """The hand-in of an earlier run that this one is, if any.

    Where a source tells its hand-ins apart, that decides; else equal bytes are the same one, but
    for work that was handed in again, after another, in another archive.
    """
    alike = [
        other
        for other in earlier
        if (other.source, other.ref, other.digest) == (attempt.source, attempt.ref, attempt.digest)
        and (other.at == attempt.at or other.at is None or attempt.at is None)
        and (other.unit == attempt.unit or other.unit is None or attempt.unit is None)
    ]
    if not alike or attempt.ref:
        return alike[-1] if alike else None
    rivals = [other for other in earlier if other.source == attempt.source]
    rivals = [other for other in rivals if other.unit == attempt.unit]
    is_last = not rivals or rivals[-1].digest == attempt.digest
    again = [other for other in alike if other.origin == attempt.origin]
    return alike[-1] if is_last else (again[-1] if again else None)


def _is_used(root: Path) -> bool:
    return any(not path.name.startswith(".") for path in root.iterdir())


def _clear(root: Path) -> None:
    """Take away what a run that was killed had not finished."""
    for path in root.glob(f"{_STAGED}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in root.glob(".*.json.*.new"):
        path.unlink(missing_ok=True)


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _write(path: Path, value: object) -> None:
    replace_file(path, _json(value), has_marks=False)
