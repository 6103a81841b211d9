"""Which definition in a notebook belongs to which exercise, where exercises share its name.

A notebook of a whole course defines `pre_activation` twice, and the second one is no answer to the
first question. What belongs to what is told by the headings above it, or by the call of `check()`
below it; where nothing tells, all readings are given, the likeliest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product

import msgspec

from grader.course.outline import Course, Exercise, Unit
from grader.handin.cells.notebook import Notebook

__all__ = ["Reading", "Sections", "described"]

#: Readings of one exercise that are tried.
_READINGS = 4
#: Words that may stand beside an exercise's name in a heading.
_BESIDE = 3
#: `check("neuron")`, with a name in quotes or as it is.
_CHECK = re.compile(r"\bcheck\(([^()\n]{0,500})\)")
_NUMBERED = re.compile(r"\b(?:unit|week|chapter|part|section|lesson|lecture)\s*0*(\d+)\b")
_COMMENTS = re.compile(r"(?:\s*#[^\n]*\n)+")


class Reading(msgspec.Struct, frozen=True):
    """One way to read a notebook for an exercise.

    Args:
        without: statements that do not count, by their places.
        taken: name of a function -> the cell whose definition counts, where it is not known which
            of several does.
    """

    without: frozenset[int] = frozenset()
    taken: dict[str, str] = {}


class Sections:
    """Which part of a notebook is about which exercise."""

    def __init__(self, course: Course, book: Notebook) -> None:
        self._course, self._book = course, book
        self._owners = list(self._read_headings())
        self._checks = self._read_checks()

    def readings(self, exercise: Exercise, asked: set[str], shared: set[str]) -> list[Reading]:
        """The readings for an exercise, the likeliest first; one, unless it is not known.

        Args:
            asked: names of its functions.
            shared: those of them that other exercises ask for, too.
        """
        choices: list[list[tuple[str, int]]] = []
        places: dict[str, list[int]] = {}
        for name in sorted(shared):
            places[name] = self._definitions(name)
            if places[name]:
                found = self._choose(exercise, places[name], asked - shared)
                choices.append([(name, place) for place in found])
        unknown = {choice[0][0] for choice in choices if len(choice) > 1}
        readings = []
        for chosen in islice(product(*choices), _READINGS):
            without = {q for name, place in chosen for q in places[name] if q > place}
            taken = {name: self._label(place) for name, place in chosen if name in unknown}
            readings.append(Reading(frozenset(without), taken))
        return readings or [Reading()]

    def names(self, exercise: Exercise) -> bool:
        """Whether a heading or a check is about an exercise alone."""
        return exercise.id in self._checks or any({exercise.id} == o for o in self._owners)

    def _label(self, place: int) -> str:
        return self._book.cells[self._book.statements[place].cell].label

    def _definitions(self, name: str) -> list[int]:
        """Where a function is defined anew."""
        return [
            i
            for i, statement in enumerate(self._book.statements)
            if name in statement.functions and name in statement.whole
        ]

    def _choose(self, exercise: Exercise, places: list[int], own: set[str]) -> list[int]:
        """Definitions that may be an exercise's; one, if it is known."""
        statements = self._book.statements
        owners = {place: self._owners[statements[place].cell] for place in places}
        mine = [place for place in places if exercise.id in owners[place]]
        if mine:
            closest = min(len(owners[place]) for place in mine)
            return [max(place for place in mine if len(owners[place]) == closest)]
        if exercise.id in self._checks:
            above = [p for p in places if statements[p].cell <= self._checks[exercise.id]]
            if above:
                return above[-1:]
        free = [place for place in places if not owners[place]] or places
        texts: dict[str, int] = {}
        for place in free:  # the same text twice is one definition
            texts[statements[place].text] = place
        return sorted(texts.values(), key=lambda place: (self._distance(place, own), -place))

    def _distance(self, place: int, own: set[str]) -> int:
        """Cells between a definition and the nearest one that is an exercise's alone."""
        statements = self._book.statements
        cells = [s.cell for s in statements if s.functions & own]
        return min((abs(statements[place].cell - cell) for cell in cells), default=0)

    def _read_headings(self) -> Iterator[set[str]]:
        """For each cell, the exercises that the section that it stands in is about."""
        section: set[str] = set()
        for cell in self._book.cells:
            comments = _COMMENTS.match(f"{cell.source}\n")
            for line in f"{cell.above}\n{comments[0] if comments else ''}".splitlines():
                section = self._about(line) or section
            yield section

    def _about(self, line: str) -> set[str]:
        """The exercises that a heading names: by title, by name, or by their unit."""
        text = f" {_plain(line)} "
        if not text.strip():
            return set()
        exercises = tuple(self._course.exercises)
        by_title = {e.id for e in exercises if f" {_plain(e.title)} " in text}
        unit = self._unit(text)
        title = f" {_plain(unit.title)} " if unit is not None else ""
        # "One neuron is one row" says something, "Exercise 3: neuron" is about that exercise.
        most = len(text.split()) - _BESIDE
        names = {e.id: f" {_plain(e.id)} " for e in exercises}
        names = {name: plain for name, plain in names.items() if len(plain.split()) >= most}
        # "The dot product" is about a unit, though one of its exercises has that name.
        by_name = {name for name, plain in names.items() if plain in text and plain not in title}
        of_unit = {e.id for e in unit.exercises} if unit is not None else set()
        return by_title or by_name or of_unit

    def _unit(self, text: str) -> Unit | None:
        number = _NUMBERED.search(text)
        for unit in self._course.units:
            names = [f" {_plain(unit.id)} ", f" {_plain(unit.title)} "]
            first = re.match(r"0*(\d+)", unit.id)
            same = number is not None and first is not None and number[1] == first[1]
            if same or any(name.strip() and name in text for name in names):
                return unit
        return None

    def _read_checks(self) -> Mapping[str, int]:
        """Exercise -> the last cell in which it alone, or its unit, is checked."""
        known = {e.id: {e.id} for e in self._course.exercises}
        known |= {unit.id: {e.id for e in unit.exercises} for unit in self._course.units}
        found: dict[str, int] = {}
        for number, cell in enumerate(self._book.cells):
            for call in _CHECK.findall(cell.source):
                words = [word.strip(" '\"") for word in call.split(",")]
                if len(words) == 1:
                    found |= dict.fromkeys(known.get(words[0], ()), number)
        return found


def _plain(text: str) -> str:
    """In small letters, everything else as single spaces."""
    return " ".join(re.findall(r"\w+", text.lower().replace("_", " ")))


def described(taken: Mapping[str, str]) -> str:
    """`pre_activation of cell 3 and layer_sizes of cell 9`."""
    return " and ".join(f"{name} of {cell}" for name, cell in taken.items())
