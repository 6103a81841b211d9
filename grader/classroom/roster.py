"""Who is in a class, and who is meant by the names that a source gives.

A student is found by an id, then by a name that is wholly theirs. Where two could be meant, nobody
is: a person has to say who it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from grader.classroom.intake.handin import Identity
from grader.classroom.listed import Listed, Listing
from grader.classroom.people import Person, folded
from grader.classroom.sheets import cleaned

__all__ = ["Found", "Roster"]

#: What is said where a sheet has two students in one row, and what to do if they are one.
_NEVER_ONE = "If they are one, collect into a new folder, with this sheet from the start."
#: Ids that hold for one assignment only: they tell nobody from anybody in the next one.
_PASSING = frozenset({"moodle"})
#: What a key is made of: it is a folder's name and is typed in commands.
_KEY = re.compile(r"[\w@+][\w.@+-]{0,63}")
#: Bytes of it: a folder's name may have 255.
_KEY_BYTES = 150


class Found(NamedTuple):
    """Who is meant.

    Args:
        person: None where nobody is known, or where `problem` says why it is not known who.
        note: what was remarkable about how they were found.
    """

    person: Person | None
    problem: str = ""
    note: str = ""


class Roster:
    """The people of a class, found by any of their names."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._people: dict[str, Person] = {}
        self._keys: set[str] = set()
        self._by_id: dict[tuple[str, str], set[str]] = {}
        self._by_word: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        self._by_turned: dict[str, set[str]] = {}
        self._by_team: dict[str, set[str]] = {}
        #: Moodle's numbers, which are never given twice: who had them, in any assignment.
        self._by_number: dict[str, str] = {}
        #: Participant numbers of the sheets that were read now, and how Moodle calls them there.
        self._numbers: dict[str, tuple[str, str]] = {}
        self._tests: set[str] = set()
        for person in people:
            self._put(person)

    @property
    def people(self) -> list[Person]:
        """Everybody, by key."""
        return [self._people[key] for key in sorted(self._people)]

    def person(self, key: str) -> Person:
        return self._people[key]

    def has(self, system: str, value: str) -> bool:
        """Whether somebody has this id in this system."""
        if system in _PASSING:
            return value in self._by_number
        return bool(self._by_id.get((system, _same(value)))) or value in self._tests

    def is_test(self, identity: Identity) -> bool:
        """Whether it is the LMS's test student, who is nobody."""
        return identity.aliases.get("canvas", "") in self._tests

    def team(self, name: str) -> list[Person]:
        """The members of a team."""
        keys = self._by_team.get(folded(name), set())
        return [p for p in map(self.person, sorted(keys)) if folded(p.team) == folded(name)]

    # --- sheets ---------------------------------------------------------------------------------

    def merge(self, listing: Listing) -> list[str]:
        """Take over a sheet: names follow the ids, new people come in; sentences on what is odd."""
        notes = list(listing.notes)
        self._tests |= listing.tests
        seen: dict[str, str] = {}
        # Their own row has the word: that of another account only fills what is blank in it.
        for listed in sorted(listing.people, key=self._is_further):
            person, problem = self._listed(listed)
            if problem:
                notes.append(problem)
                continue
            is_former = person is not None and _is_former(person, listed, _ids(listed))
            if person is not None and person.key in seen and not is_former:
                notes.append(f"{listed.place} is about {person.key}, as {seen[person.key]} is.")
            key = self._take(person, listed)
            if not is_former:
                seen[key] = listed.place
            if listed.blind and (number := listed.aliases.get("moodle")):
                self._numbers[number] = (key, listed.blind)
        return notes

    def _is_further(self, listed: Listed) -> bool:
        person, _ = self._listed(listed)
        return person is not None and _is_former(person, listed, _ids(listed))

    def leave_out(self, keys: Iterable[str]) -> list[Person]:
        """Make inactive whoever is not among these any more; who that was."""
        staying = set(keys)
        gone = [p for p in self.people if p.active and p.key not in staying]
        for person in gone:
            self._put(msgspec.structs.replace(person, active=False))
        return gone

    def rows(self, listing: Listing) -> Iterator[tuple[Listed, str]]:
        """The rows of a sheet that was merged, each with the key of whom it is about."""
        for listed in listing.people:
            person, _ = self._listed(listed)
            if person is not None:
                yield listed, person.key

    def own_rows(self, listing: Listing) -> tuple[list[tuple[Listed, str]], list[Listed]]:
        """The same without rows of further accounts, where a student has their own; and those."""
        rows = list(self.rows(listing))
        former = [each for each, key in rows if _is_former(self._people[key], each, _ids(each))]
        having = {key for each, key in rows if each not in former}
        further = [each for each, key in rows if each in former and key in having]
        return [(each, key) for each, key in rows if each not in further], further

    def _listed(self, listed: Listed) -> tuple[Person | None, str]:
        """Whom a row is about; None and no problem where it is somebody new."""
        ids = {s: v for s, v in listed.aliases.items() if s not in _PASSING}
        if listed.email:
            ids["email"] = listed.email
        keys = {key for s, v in ids.items() for key in self._by_id.get((s, _same(v)), ())}
        if listed.student:
            own = self._by_id.get(("student", _same(listed.student)), set())
            keys |= own or (self._by_word.get(_same(listed.student), set()) if not keys else own)
        if len(keys) > 1:
            told = f"{listed.place} has ids of {_both(keys)}, so it was left out."
            return None, f"{told} {_NEVER_ONE}"
        if keys:
            return self._people[keys.pop()], ""
        number = listed.aliases.get("moodle", "")
        if number in self._by_number and not (listed.name or listed.email):
            return self._people[self._by_number[number]], ""
        if listed.student and not listed.name:
            return None, ""
        named = self._named(listed.name, turned=False)
        named = {key for key in named if not self._contradicts(key, ids)}
        if listed.student:
            named = {k for k in named if "student" not in self._people[k].aliases}
        return (self._people[named.pop()], "") if len(named) == 1 else (None, "")

    def _take(self, person: Person | None, listed: Listed) -> str:
        """Put a row's person in; their key."""
        aliases = dict(listed.aliases)
        if listed.email:
            aliases["email"] = listed.email
        if listed.student:
            aliases["student"] = listed.student
        if person is None:
            key = self._new_key(
                listed.student, listed.aliases.get("login", ""), listed.email, listed.name,
                *(f"{system}-{value}" for system, value in listed.aliases.items()),
            )  # fmt: skip
            person = Person(key)
        elif _is_former(person, listed, aliases):  # the row of an account that is theirs, too
            own = msgspec.structs.replace(
                person, name=person.name or listed.name, email=person.email or listed.email,
                section=person.section or listed.section or "",
                team=person.team or listed.team or "", aliases=aliases | person.aliases,
                active=True,
            )  # fmt: skip
            if listed.name and not self.is_called(own, listed.name):
                own = msgspec.structs.replace(own, also=(*own.also, ("name", listed.name)))
            self._put(own)
            return own.key
        self._put(
            msgspec.structs.replace(
                person,
                name=listed.name or person.name,
                email=listed.email or person.email,
                section=person.section if listed.section is None else listed.section,
                team=person.team if listed.team is None else listed.team,
                aliases=person.aliases | aliases,
                active=True,
            )
        )
        return person.key

    # --- finding --------------------------------------------------------------------------------

    def find(self, who: Identity) -> Found:
        """Who is meant by what a source says."""
        ids = {s: v for s, v in who.aliases.items() if s not in _PASSING}
        keys = {key for s, v in ids.items() for key in self._by_id.get((s, _same(v)), ())}
        if len(keys) > 1:
            return Found(None, f"Its ids belong to {_both(keys)}: it is not known whose it is.")
        if keys:
            person = self._people[keys.pop()]
            is_other = who.name and person.name and not self.is_called(person, who.name)
            note = f"{who.label} is {person.name} of the roster, by the id." if is_other else ""
            return Found(person, note=note)
        number = who.aliases.get("moodle", "")
        if number in self._by_number:
            return self._numbered(who, number)
        if who.word:
            keys = self._by_word.get(_same(who.word), set())
            if len(keys) == 1:
                return Found(self._people[next(iter(keys))])
        keys = keys or self._by_their_name(who)
        keys = {key for key in keys if not self._contradicts(key, ids)}
        if len(keys) > 1:
            return Found(
                None,
                f"{who.name or who.word} may be {_both(keys)}: give the LMS's own sheet with "
                "--roster, or call it by the student's id.",
            )
        return Found(self._people[keys.pop()]) if keys else Found(None)

    def _numbered(self, who: Identity, number: str) -> Found:
        """By Moodle's number: names must agree, for the worksheet may be another assignment's."""
        _, label = self._numbers.get(number, ("", who.label))
        person = self._people[self._by_number[number]]
        name = who.name.removesuffix(f"_{number}")
        is_blind = folded(name) == folded(label.removesuffix(number))
        is_same = self.is_called(person, name, loosely=True) or _is_garbled(name, person.name)
        if not person.name or not name or is_blind or is_same:
            return Found(person)
        return Found(
            None,
            f"Number {number} is {person.name} in the worksheet: it seems to be of another "
            "assignment.",
        )

    def _by_their_name(self, who: Identity) -> set[str]:
        keys = self._named(who.name, turned=False) if who.name else set()
        keys = keys or self._named(who.name or who.word, turned=True)
        parts = who.name.split("-")
        for start in range(1, len(parts) if not keys else 0):  # Moodle: "Group-Jane Doe"
            keys = keys or self._named("-".join(parts[start:]), turned=False)
        return keys

    def is_called(self, person: Person, name: str, loosely: bool = False) -> bool:
        """Whether this is the person's name, in any order; loosely: also behind a group's."""
        names = {name, *(name.split("-", n)[-1] for n in range(1, 4) if loosely)}
        return any(person.key in self._named(each, turned=True) for each in names)

    def _named(self, name: str, *, turned: bool) -> set[str]:
        index = self._by_turned if turned else self._by_name
        plain = folded(name)
        return set(index.get(plain, ())) if plain else set()

    def _contradicts(self, key: str, ids: dict[str, str]) -> bool:
        """Whether a person has another id in a system than this one."""
        own = self._people[key].aliases
        other = [
            (s, value) for s, value in ids.items() if s in own and _same(own[s]) != _same(value)
        ]
        return any(not _has_also(self._people[key], *pair) for pair in other)

    # --- newcomers ------------------------------------------------------------------------------

    def add(self, who: Identity, active: bool) -> Person:
        """Somebody whom only a source knows."""
        ids = {system: cleaned(value) for system, value in who.aliases.items()}
        key = self._new_key(
            ids.get("hub", ""), ids.get("github", ""), ids.get("email", ""), who.word, who.name,
            *(f"{system}-{value}" for system, value in ids.items()), who.label,
        )  # fmt: skip
        name = cleaned(who.name or who.word or who.label)[:200]
        person = Person(key, name, ids.get("email", ""), aliases=ids, active=active)
        self._put(person)
        return person

    def learn(self, person: Person, who: Identity) -> Person:
        """Keep the ids under which a source knows somebody."""
        ids = {s: cleaned(v) for s, v in who.aliases.items() if v and s not in person.aliases}
        if not ids:
            return person
        person = msgspec.structs.replace(person, aliases=person.aliases | ids)
        self._put(person)
        return person

    def _new_key(self, *wishes: str) -> str:
        """A key that nobody has: the first wish that is fit to be one."""
        wish = next(filter(None, map(_key, wishes)), "student")
        key, number = wish, 1
        while key.casefold() in self._keys:
            number += 1
            key = f"{wish[:56]}-{number}"
        return key

    def _put(self, person: Person) -> None:
        key = person.key
        self._people[key] = person
        self._keys.add(key.casefold())
        self._by_word.setdefault(_same(key), set()).add(key)
        for system, value in person.aliases.items():
            if system in _PASSING:
                self._by_number[value] = key
            else:
                self._by_id.setdefault((system, _same(value)), set()).add(key)
                self._by_word.setdefault(_same(value), set()).add(key)
        if person.team:
            self._by_team.setdefault(folded(person.team), set()).add(key)
        words = person.name.split()
        if words:
            self._by_name.setdefault(folded(person.name), set()).add(key)
        for n in range(len(words)):
            turned = folded("".join(words[n:] + words[:n]))
            self._by_turned.setdefault(turned, set()).add(key)
        for system, value in person.also:
            self._put_also(key, system, value)

    def _put_also(self, key: str, system: str, value: str) -> None:
        """Find a student by what another had who was merged into them."""
        if system == "name":
            self._by_name.setdefault(folded(value), set()).add(key)
            self._by_turned.setdefault(folded(value), set()).add(key)
        elif system in _PASSING:
            self._by_number.setdefault(value, key)
        else:
            if system == "key":
                self._keys.add(value.casefold())
            self._by_id.setdefault((system, _same(value)), set()).add(key)
            self._by_word.setdefault(_same(value), set()).add(key)


def _same(value: str) -> str:
    """An id as ids are compared."""
    return unicodedata.normalize("NFC", value).strip().casefold()


def _has_also(person: Person, system: str, value: str) -> bool:
    return any(system == s and _same(value) == _same(v) for s, v in person.also)


def _ids(listed: Listed) -> dict[str, str]:
    return listed.aliases | ({"email": listed.email} if listed.email else {})


def _is_former(person: Person, listed: Listed, ids: dict[str, str]) -> bool:
    """Whether a row is about an account that was found to be theirs beside their own."""
    if listed.student and _has_also(person, "key", listed.student):
        return True
    if any(_same(person.aliases.get(s, "")) == _same(value) for s, value in ids.items()):
        return False
    return any(_has_also(person, system, value) for system, value in ids.items())


def _is_garbled(name: str, original: str) -> bool:
    """Whether a name may be another that went through a wrong encoding: its plain letters stay."""
    plain, wanted = ("".join(c for c in folded(n) if c.isascii()) for n in (name, original))
    return bool(plain) and plain == wanted and not (name.isascii() and original.isascii())


def _key(wish: str) -> str:
    """A key made of an id or a name: itself, if it can be one; "" where nothing can."""
    wish = unicodedata.normalize("NFC", wish)
    if not _KEY.fullmatch(wish):
        wish = re.sub(r"[^\w@+]+", "-", wish).strip("-.")[:48]
    fits = _KEY.fullmatch(wish) and wish.isprintable() and len(wish.encode()) <= _KEY_BYTES
    return wish if fits else ""


def _both(keys: Iterable[str]) -> str:
    found = sorted(keys)
    return " or ".join([*found[:3], *(["others"] if len(found) > 3 else [])])
