"""Who is in the class: one key each, and the ids that other systems know them by.

A roster that is imported again is followed by id: a new name under a known id is the same student.
Who is not in it any more is inactive, keeps everything, and can return.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.database import in_parts, insert_once
from grader.classroom.gradebook.values import Imported
from grader.classroom.people import Person, folded
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["change", "everybody", "find", "import_roster", "known", "note_missing", "sections"]

#: Ids that belong to one person for good, strongest first. Moodle's Participant number is none: it
#: holds for one assignment only, so it is not kept at all.
_FOREVER = ("canvas", "sis", "hub", "github", "login", "email")
_PASSING = frozenset({"moodle", "participant"})
#: What LMSs call the student that a teacher can be to try things.
_TEST_STUDENTS = frozenset({folded("Test Student"), folded("Student, Test")})


def everybody(connection: Connection, only: Collection[str] | None = None) -> dict[str, Person]:
    """Key -> student, in the order of their names; `only`: those of some keys."""
    ids: dict[str, dict[str, str]] = {}
    found: list[Person] = []
    alias, student = tables.alias.c, tables.student.c
    theirs = select(alias.system, alias.value, alias.student)
    also = _former(connection)
    for part in [None] if only is None else in_parts(only):
        its = theirs if part is None else theirs.where(alias.student.in_(part))
        people = select(tables.student)
        people = people if part is None else people.where(student.key.in_(part))
        for system, value, key in connection.execute(its):
            ids.setdefault(key, {})[system] = value
        found += [
            Person(
                row.key, row.name, row.email, row.section, row.team, ids.get(row.key, {}),
                row.active, tuple(also.get(row.key, ())),
            )
            for row in connection.execute(people)
        ]  # fmt: skip
    return {p.key: p for p in sorted(found, key=lambda p: (p.name.casefold() or p.key, p.key))}


def _former(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    """Key -> what finds a student who was merged into that one."""
    columns, found = tables.merger.c, dict[str, list[tuple[str, str]]]()
    rows = connection.execute(select(columns.student, columns.ids).order_by(columns.at))
    for key, ids in rows:
        pairs = found.setdefault(key, [])
        pairs += msgspec.json.decode(ids, type=list[tuple[str, str]])
    return {key: list(dict.fromkeys(pairs)) for key, pairs in found.items()}


def sections(connection: Connection) -> list[str]:
    """The sections that somebody is in, in their order."""
    student = tables.student.c
    query = select(student.section).where(student.active, student.section != "").distinct()
    return sorted(connection.execute(query).scalars(), key=folded)


def find(people: dict[str, Person], text: str) -> Person:
    """The student who was typed: a key, an id elsewhere, an e-mail address, or a whole name.

    Raises:
        UsageError: nobody is meant by it, or more than one.
    """
    if text in people:
        return people[text]
    wanted = folded(text)
    for matches in (
        [p for p in people.values() if text in p.aliases.values()],
        [p for p in people.values() if any(text == v for s, v in p.also if s != "name")],
        [p for p in people.values() if text.casefold() in (p.key.casefold(), p.email.casefold())],
        [p for p in people.values() if wanted and folded(p.name) == wanted],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            keys = ", ".join(sorted(printable(p.key) for p in matches))
            raise UsageError(f"{printable(text)} may be {keys}; name one of these.")
    names = {p.key: p.key for p in people.values()} | {p.name: p.key for p in people.values()}
    near = difflib.get_close_matches(text, names, 1)
    hint = f"Did you mean {printable(names[near[0]])}?" if near else "`grade marks` lists them."
    raise UsageError(f"There is no student {printable(text)} in the gradebook. {hint}")


def import_roster(connection: Connection, people: Sequence[Person]) -> Imported:
    """Take in a whole roster: who is not in it is gone."""
    there = everybody(connection)
    by_id = {each: key for key, person in there.items() for each in person.also}
    by_id |= {each: key for key, person in there.items() for each in person.aliases.items()}
    found: dict[str, list[str]] = {
        name: [] for name in ("added", "changed", "returned", "left_out", "refused")
    }
    kept: set[str] = set()
    # An account that is theirs, too, is read after their own, which has the word on all else.
    for person in sorted(people, key=lambda person: _is_former(person, there, by_id)):
        if folded(person.name) in _TEST_STUDENTS:
            found["left_out"].append(person.name)
            continue
        person = _lasting(person)
        same = _same(person, there, by_id)
        if not person.active:  # the roster itself says that they have gone
            if same is None:
                _add(connection, person)
                there[person.key] = person
                by_id |= dict.fromkeys(person.aliases.items(), person.key)
            continue
        if same is not None and _is_former(person, there, by_id):
            if same.key in kept:
                continue
            person = _filled(same, person)
        clash = _clash(person, same, kept)
        if clash:
            found["refused"].append(clash)
            kept.add(same.key if same is not None else person.key)
            continue
        if same is None:
            _add(connection, person)
            there[person.key] = person
            by_id |= dict.fromkeys(person.aliases.items(), person.key)
            found["added"].append(person.key)
        else:
            merged = msgspec.structs.replace(
                person, key=same.key, aliases=same.aliases | person.aliases, active=True,
                also=same.also,
            )  # fmt: skip
            if merged != same:
                change(connection, merged)
                found["changed" if same.active else "returned"].append(same.key)
            there[same.key] = merged
            by_id |= dict.fromkeys(merged.aliases.items(), same.key)
        kept.add(person.key if same is None else same.key)
    gone = tuple(key for key, each in there.items() if each.active and key not in kept)
    for key in gone:
        connection.execute(_of(key).values(active=False))
    return Imported(gone=gone, **{name: tuple(keys) for name, keys in found.items()})


def known(connection: Connection, key: str) -> bool:
    """Whether there is a student of that key."""
    return connection.execute(select(tables.student.c.key).filter_by(key=key)).first() is not None


def note_missing(connection: Connection, keys: Iterable[str]) -> None:
    """Students that only their hand-ins tell of."""
    for some in in_parts(dict.fromkeys(keys)):
        there = select(tables.student.c.key).where(tables.student.c.key.in_(some))
        known_keys = set(connection.execute(there).scalars())
        for key in some:
            if key not in known_keys:
                others = _columns(Person(key))
                identity = {"key": others.pop("key")}
                insert_once(connection, tables.student, identity, **others)


def _lasting(person: Person) -> Person:
    """A student with the ids that stay theirs; the e-mail address is one of them."""
    ids = {name: value for name, value in person.aliases.items() if value and name not in _PASSING}
    if person.email:
        ids.setdefault("email", person.email.casefold())
    return msgspec.structs.replace(person, aliases=ids)


def _same(
    person: Person, there: dict[str, Person], by_id: dict[tuple[str, str], str]
) -> Person | None:
    """The student that a roster's entry means, by the strongest id that is known."""
    for system in _FOREVER:
        key = by_id.get((system, person.aliases.get(system, "")))
        if key is not None:
            return there[key]
    return there.get(person.key) or there.get(by_id.get(("key", person.key), ""))


def _is_former(person: Person, there: dict[str, Person], by_id: dict[tuple[str, str], str]) -> bool:
    """Whether an entry is about an account that was found to be a student's beside their own."""
    person = _lasting(person)
    same = _same(person, there, by_id)
    if same is None or not same.also or person.key == same.key:
        return False
    return bool({("key", person.key), *person.aliases.items()} & set(same.also))


def _filled(same: Person, person: Person) -> Person:
    """A student, with what only the entry of another account of theirs knows."""
    aliases = person.aliases | same.aliases
    return msgspec.structs.replace(same, **same.words(person), aliases=aliases)


def _clash(person: Person, same: Person | None, kept: set[str]) -> str:
    """Why an entry cannot be taken in, in a sentence; "" where it can."""
    name = printable(person.name or person.key)
    if (same.key if same is not None else person.key) in kept:
        return f"{name} is in the roster twice, or shares an id with another; the first one counts."
    if same is not None:
        for system in ("canvas", "sis", "hub"):
            ours, theirs = same.aliases.get(system), person.aliases.get(system)
            if ours and theirs and ours != theirs and same.key == person.key:
                return (
                    f"{name} has the {system} id {printable(theirs)} in the roster, and "
                    f"{printable(same.key)} has {printable(ours)} in the gradebook: two people, or "
                    "one with a new account? Give the new one another key, or remove the old one."
                )
    return ""


def _add(connection: Connection, person: Person) -> None:
    connection.execute(insert(tables.student).values(**_columns(person)))
    _set_ids(connection, person)


def change(connection: Connection, person: Person) -> None:
    """Keep what is known of a student now."""
    connection.execute(_of(person.key).values(**_columns(person)))
    _set_ids(connection, person)


def _of(key: str) -> Any:
    return update(tables.student).where(tables.student.c.key == key)


def _columns(person: Person) -> dict[str, Any]:
    return {
        "key": person.key,
        "name": person.name,
        "email": person.email,
        "section": person.section,
        "team": person.team,
        "active": person.active,
    }


def _set_ids(connection: Connection, person: Person) -> None:
    ids = tables.alias
    connection.execute(delete(ids).where(ids.c.student == person.key))
    for system, value in person.aliases.items():
        # An id that was another's is this one's now: the roster is the newer word on it.
        connection.execute(delete(ids).where(ids.c.system == system, ids.c.value == value))
        connection.execute(insert(ids).values(system=system, value=value, student=person.key))
