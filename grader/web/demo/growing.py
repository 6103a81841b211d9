"""Who is in a made-up class, and what each hands in when: a seed decides, and nothing else.

Each student has a strength, a pace and patience. A wrong idea may be kept over several hand-ins;
what was right stays right; some give up, some leave the course early, some never begin.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from grader.classroom.people import Person
from grader.course.outline import Course, Unit
from grader.web.demo.bank import Kind, Text

__all__ = ["HandIn", "grown", "people"]

_SECTIONS = ("Monday", "Tuesday", "Thursday")
_WEEK = timedelta(days=7)
#: Two students who hand in the same rare texts, and the places of the units in which they do.
_TWINS, _TWINNED = (11, 57), (1, 2, 3)
#: Hand-ins of one student for one unit at most.
_ATTEMPTS = 6
#: What an exercise takes off a student's strength, from the easiest to the hardest.
_HARD = -0.5, 0.2
_FIRST = (
    "Ada", "Ben", "Chiara", "Daniel", "Elif", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kofi",
    "Lena", "Mehmet", "Nia", "Oskar", "Priya", "Quentin", "Rosa", "Sofia", "Tariq", "Uma", "Vera",
    "Wei", "Ximena", "Yusuf", "Zoë", "Łukasz", "Σοφία", "Ольга", "美咲",
)  # fmt: skip
_LAST = (
    "Adler", "Baker", "Costa", "Dietrich", "Eriksson", "Fischer", "García", "Haddad", "Ivanova",
    "Jansen", "Kowalski", "Lindqvist", "Moreau", "Nakamura", "O'Neill", "Papadopoulos", "Quispe",
    "Rossi", "Schäfer", "Tanaka", "Usman", "Vogel", "Weiß", "Yılmaz", "Zimmermann",
)  # fmt: skip


class HandIn(NamedTuple):
    """What a student hands in at one time: exercise -> number of its text in the bank."""

    student: str
    unit: str
    number: int
    at: datetime
    texts: dict[str, int]


class _Student(NamedTuple):
    strength: float
    patience: float
    pace: float
    leaves: int


def people(known: Sequence[Person], count: int, chance: random.Random) -> list[Person]:
    """`count` people: first those of the class that ships, then others."""
    found: list[Person] = []
    for n in range(count):
        if n < len(known):
            old = known[n]
            key, name, email = old.key, old.name, old.email
        else:
            key = f"s{n + 1:03}"
            name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
            email = f"{key}@example.org"
        found.append(Person(key, name, email, _SECTIONS[n % len(_SECTIONS)]))
    return found


def grown(
    course: Course,
    class_: Sequence[Person],
    bank: Mapping[str, Sequence[Text]],
    now: datetime,
    chance: random.Random,
) -> Iterator[HandIn]:
    """All hand-ins of a class that has come to its last unit now, those of one after another's."""
    units = course.units
    # A few ideas are common in an exercise, the others rare.
    common = {name: _weights(texts, chance) for name, texts in bank.items()}
    # Some exercises are easy, a few are hard for most.
    hard = {name: chance.uniform(*_HARD) for name in bank}
    twins = {class_[n].key for n in _TWINS if n < len(class_)}
    for person in class_:
        student = _student(len(units), chance)
        for place, unit in enumerate(units):
            if place >= student.leaves and person.key not in twins:
                break
            due = now - (len(units) - 1 - place) * _WEEK
            rare = _rare(unit, bank) if person.key in twins and place in _TWINNED else {}
            if rare:
                at = due - timedelta(hours=20 * chance.random(), minutes=7)
                yield HandIn(person.key, unit.id, 1, at, rare)
                continue
            yield from _at_unit(person.key, student, unit, due, bank, common, hard, now, chance)


def _rare(unit: Unit, bank: Mapping[str, Sequence[Text]]) -> dict[str, int]:
    """The rare texts of a unit, where each of its exercises has one."""
    found = {
        exercise.id: number
        for exercise in unit.exercises
        for number, text in enumerate(bank.get(exercise.id, ()))
        if text.kind == "rare"
    }
    return found if len(found) == len(unit.exercises) else {}


def _student(units: int, chance: random.Random) -> _Student:
    leaves = units
    if chance.random() < 0.05:
        leaves = 0
    elif chance.random() < 0.22:
        leaves = chance.randint(1, units)
    return _Student(chance.betavariate(1.8, 1.2), chance.random(), chance.random(), leaves)


def _weights(texts: Sequence[Text], chance: random.Random) -> list[float]:
    """How often each text of its kind is met."""
    shares = iter((1.0, 0.6, 0.35))
    order = list(range(len(texts)))
    chance.shuffle(order)
    found = [0.3] * len(texts)
    for n in order:
        if texts[n].kind == "idea":
            found[n] = next(shares, 0.2)
    return found


def _at_unit(
    key: str,
    student: _Student,
    unit: Unit,
    due: datetime,
    bank: Mapping[str, Sequence[Text]],
    common: Mapping[str, Sequence[float]],
    hard: Mapping[str, float],
    now: datetime,
    chance: random.Random,
) -> Iterator[HandIn]:
    at = due - timedelta(hours=6 + 120 * (1 - student.pace) * chance.random())
    texts: dict[str, int] = {}
    for number in range(1, _ATTEMPTS + 1):
        for name in (exercise.id for exercise in unit.exercises):
            if name in bank:
                ease = student.strength - hard[name]
                texts[name] = _text(texts.get(name), ease, bank[name], common[name], chance)
        if at > now:
            return
        yield HandIn(key, unit.id, number, at, dict(texts))
        is_done = all(bank[name][n].kind == "right" for name, n in texts.items())
        if is_done or chance.random() > 0.45 + 0.5 * student.patience:
            return
        at += timedelta(minutes=12 + 900 * chance.random() ** 3)


def _text(
    before: int | None,
    ease: float,
    texts: Sequence[Text],
    weights: Sequence[float],
    chance: random.Random,
) -> int:
    """The number of the text that comes next, after the one before."""
    if before is None:
        kind = _kind(ease, chance)
    elif texts[before].kind == "right":
        return before
    elif texts[before].kind == "idea" and chance.random() > 0.4 + 0.55 * ease:
        return before  # the same idea once more
    else:
        kind = "right" if chance.random() < 0.35 + 0.6 * ease else _kind(ease, chance)
    fitting = [n for n, text in enumerate(texts) if text.kind == kind]
    return chance.choices(fitting, [weights[n] for n in fitting])[0] if fitting else 0


def _kind(ease: float, chance: random.Random) -> Kind:
    ease = min(max(ease, 0.02), 0.98)
    kinds: tuple[Kind, ...] = ("right", "idea", "half", "stub", "broken")
    weights = (
        0.05 + 1.2 * ease * ease,
        0.8 - 0.6 * ease,
        0.2 * (1 - ease),
        0.1 * (1 - ease),
        0.08 * (1 - ease),
    )
    return chance.choices(kinds, weights)[0]
