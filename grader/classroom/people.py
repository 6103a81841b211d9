"""Who is in a class: a student is one key; every other system's id is an alias of it."""

from __future__ import annotations

import unicodedata

import msgspec

__all__ = ["Person", "called", "folded"]


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """A student.

    Args:
        key: what wxb calls them; never changes, whatever happens to the name.
        name: as people read it, "Jane Doe".
        email: where to write to them.
        section: their group in the timetable; due dates may differ by it.
        team: the people they hand in with, where the class has teams.
        aliases: system -> the id there: canvas, sis, login, moodle, hub, github, email.
        active: whether they are still in the class; who left is kept, outside of statistics.
        also: (system, id) of accounts that were found to be theirs, too, where another id stands in
            `aliases`; "key" and "name" are those of a student who was merged into this one.
    """

    key: str
    name: str = ""
    email: str = ""
    section: str = ""
    team: str = ""
    aliases: dict[str, str] = {}
    active: bool = True
    also: tuple[tuple[str, str], ...] = ()

    @property
    def former(self) -> tuple[str, ...]:
        """Keys of students who were merged into this one."""
        return tuple(value for system, value in self.also if system == "key")

    def words(self, other: Person) -> dict[str, str]:
        """What people read of them: the words of this entry, and another's where it has none."""
        names = ("name", "email", "section", "team")
        return {name: getattr(self, name) or getattr(other, name) for name in names}


def called(person: Person) -> str:
    """A student as they are listed: `Jane Doe (doe)`."""
    named = person.name and person.name != person.key
    return f"{person.name} ({person.key})" if named else person.key


def folded(name: str) -> str:
    """A name as names are compared: composed (NFKC), without case, letters and digits alone."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in text if letter.isalnum())
