"""A student's files, in the places that the gradebook remembers: found, and removed.

collected   a class as `grade collect` leaves it (`grader.classroom.attempt`): their folder in
            work/, their entry in roster.json, their lines in collect.log, their place in a team;
            what nobody is known to have handed in where an id of theirs, and of nobody else, names
            it: where a name does, that may be another's, so it is told and stays
feedback    files that are named after their key, their name or an id
log         lines that name them
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from grader.classroom.attempt import Attempt
from grader.classroom.collected import ATTEMPT, LOG, ROSTER, UNMATCHED, WORK
from grader.classroom.people import Person, folded
from grader.classroom.written import replace_file

__all__ = ["remove"]

#: An id or name that is shorter is found in other people's, too.
_SHORT = 3


def remove(person: Person, places: Sequence[tuple[str, Path]]) -> tuple[list[str], list[str]]:
    """What was removed, and a sentence for each place that may still know the student."""
    gone: list[str] = []
    unreached: list[str] = []
    for kind, path in places:
        if not os.path.lexists(path):
            unreached.append(f"{path}, which is not there: has it been moved?")
            continue
        try:
            if kind == "collected":
                _collected(person, path, gone, unreached)
            elif kind == "feedback":
                _feedback(person, path, gone, unreached)
            else:
                _log(person, path, gone)
        except (OSError, msgspec.MsgspecError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            unreached.append(f"{path}: {reason}")
    return gone, unreached


def _collected(person: Person, path: Path, gone: list[str], unreached: list[str]) -> None:
    roster = path / ROSTER
    people = _people(roster, unreached)
    rest = [each for each in people if each.key != person.key]
    for file, attempt in _attempts(path / WORK, "*/*", unreached):
        others = [key for key in attempt.team if key not in (person.key, attempt.student)]
        if attempt.student == person.key and not others:
            shutil.rmtree(file.parent)
            gone.append(str(file.parent))
        elif attempt.student == person.key:
            place = _hand_over(person, path / WORK, file, attempt, min(others))
            unreached.append(f"{place}, which a team handed in: it is the others', too")
        elif person.key in attempt.team:
            team = tuple(key for key in attempt.team if key != person.key)
            changed = msgspec.structs.replace(attempt, team=team)
            _write(file, changed)
            gone.append(f"{file}: their place in the team")
    own = path / WORK / person.key
    if own.is_dir() and not any(own.iterdir()):
        own.rmdir()
    for file, attempt in _attempts(path / UNMATCHED, "*", unreached):
        _unmatched(person, rest, file.parent, attempt, gone, unreached)
    if len(rest) < len(people):
        _write(roster, rest)
        gone.append(f"{roster}: their entry")
    log = path / LOG
    if log.is_file():
        _log(person, log, gone)


def _hand_over(person: Person, work: Path, file: Path, attempt: Attempt, other: str) -> Path:
    """Make a team's work another one's, as the gradebook does; the folder where it is now."""
    theirs = [each for _, each in _attempts(work, "*/*", []) if each.student == other]
    number = attempt.number
    if any(_identity(each) == _identity(attempt) for each in theirs):
        number = 1 + max(each.number for each in theirs)
    changed = msgspec.structs.replace(
        attempt,
        student=other,
        number=number,
        team=tuple(key for key in attempt.team if key != person.key),
        origin="" if _names(person, attempt.origin) else attempt.origin,
        notes=tuple(note for note in attempt.notes if not _names(person, note)),
    )
    parent = work / other
    parent.mkdir(exist_ok=True)
    last = max((int(each.name) for each in parent.iterdir() if each.name.isdigit()), default=0)
    place = file.parent.rename(parent / f"{last + 1:04}")
    _write(place / ATTEMPT, changed)  # last: stopped before, the next run does all of it again
    return place


def _identity(attempt: Attempt) -> tuple[str, int, str, str | None]:
    """What tells a student's hand-ins apart in the gradebook."""
    return attempt.source, attempt.number, attempt.digest, attempt.unit


def _people(roster: Path, unreached: list[str]) -> list[Person]:
    try:
        return msgspec.json.decode(roster.read_bytes(), type=list[Person])
    except FileNotFoundError:
        return []
    except msgspec.MsgspecError as error:
        unreached.append(f"{roster}: {error}")
        return []


def _attempts(folder: Path, places: str, unreached: list[str]) -> Iterator[tuple[Path, Attempt]]:
    """Each hand-in with its file; one that cannot be read keeps nobody from the others."""
    for file in sorted(folder.glob(f"{places}/{ATTEMPT}")):
        try:
            attempt = msgspec.json.decode(file.read_bytes(), type=Attempt)
        except msgspec.MsgspecError as error:
            unreached.append(f"{file}: {error}")
        else:
            yield file, attempt


def _unmatched(
    person: Person,
    others: Sequence[Person],
    folder: Path,
    attempt: Attempt,
    gone: list[str],
    unreached: list[str],
) -> None:
    """What somebody handed in who is not known: it may be the student's."""
    files = folder / "files"
    names = [attempt.entry, *(file.relative_to(files).as_posix() for file in files.rglob("*"))]
    if _has_id(person, attempt.entry) and not any(_has_id(o, attempt.entry) for o in others):
        shutil.rmtree(folder)
        gone.append(str(folder))
    elif any(_names(person, name) for name in names):
        unreached.append(
            f"{folder}, which may be theirs or another's of that name: look, and delete it"
        )


def _has_id(person: Person, text: str) -> bool:
    """Whether a key, id or e-mail address stands in a text as it is written. A number alone may be
    anything's, and what differs in case may be another's.
    """
    words = [word for word in _words(person) if len(word) > _SHORT and not word.isdecimal()]
    return any(_stands(word, text) for word in words)


def _feedback(person: Person, path: Path, gone: list[str], unreached: list[str]) -> None:
    if not path.is_dir():
        unreached.append(f"{path}, an archive of many students: write it again, or delete it")
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and _names(person, file.relative_to(path).as_posix()):
            file.unlink()
            gone.append(str(file))


def _log(person: Person, path: Path, gone: list[str]) -> None:
    """Drop the lines that name a student."""
    lines = path.read_text("utf-8", "surrogateescape").splitlines(keepends=True)
    rest = [line for line in lines if not _names(person, line)]
    if len(rest) < len(lines):
        data = "".join(rest).encode("utf-8", "surrogateescape")
        replace_file(path, data, has_marks=False)
        gone.append(f"{path}: {len(lines) - len(rest)} of its lines")


def _names(person: Person, text: str) -> bool:
    """Whether a text names a student: by key, id, e-mail address or whole name."""
    if any(len(name) > _SHORT and name in folded(text) for name in _whole(person)):
        return True
    return any(_stands(word, text, re.IGNORECASE) for word in _words(person))


def _stands(word: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> bool:
    """Whether a word is in a text, and not within another one."""
    return bool(re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text, flags))


def _whole(person: Person) -> Iterator[str]:
    """A whole name as files have it: Jane Doe is janedoe, and doejane in Canvas."""
    for name in (person.name, *(value for system, value in person.also if system == "name")):
        words = name.split()
        for i in range(len(words)):
            yield folded("".join(words[i:] + words[:i]))


def _words(person: Person) -> Iterator[str]:
    yield person.key
    also = (value for system, value in person.also if system != "name")
    for word in (person.email, *person.aliases.values(), *also):
        if len(word) > _SHORT:
            yield word


def _write(path: Path, value: object) -> None:
    data = msgspec.json.format(msgspec.json.encode(value), indent=1)
    replace_file(path, data, has_marks=False)
