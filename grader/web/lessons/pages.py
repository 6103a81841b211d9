"""What stands on each page, whoever serves or writes it: values for the templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from grader.course.outline import Course, Exercise, Unit
from grader.study.progress import Met
from grader.web.lessons.card import Card
from grader.web.lessons.inputs import Picture, address
from grader.web.lessons.shown import FUNCTIONS, Shown
from grader.web.lessons.text import Lesson, Link, lesson
from grader.web.lessons.widgets import still

__all__ = ["TEMPLATES", "Pages", "anchor", "links"]

TEMPLATES = Path(__file__).resolve().parent / "templates"


def anchor(exercise: str) -> str:
    """The id of an exercise's place in its lesson."""
    return f"exercise-{exercise}"


def links(course: Course, home: str, to: Callable[[str], str]) -> Link:
    """Where the paths inside of a course lead: lessons and stubs have a page, nothing else has.

    Args:
        home: the first page.
        to: unit -> its page.
    """
    root = Path(course.root)
    known = {"exercises/README.md": home, "exercises": home}
    for unit in course.units:
        known[course.lesson(unit).relative_to(root).as_posix()] = to(unit.id)
        for exercise in unit.exercises:
            stub = course.stub(exercise).relative_to(root).as_posix()
            known[stub] = f"{to(unit.id)}#{anchor(exercise.id)}"
    return lambda path: known.get(path, "")


class Pages:
    """The pages of one course.

    Args:
        link: as `links` makes it.
        to: unit -> its page.
        card: what is shown of an exercise.
        met: challenges that were met in a unit: visualizer -> goals.

    Raises:
        CourseError: at `check`, what a lesson's text has wrong.
    """

    def __init__(
        self,
        course: Course,
        link: Link,
        to: Callable[[str], str],
        card: Callable[[Exercise], Card],
        met: Callable[[Unit], Met],
    ) -> None:
        self.course = course
        self._link, self._to, self._card, self._met = link, to, card, met
        self._texts: dict[str, tuple[tuple[int, int], Lesson]] = {}

    def check(self) -> None:
        """Read all lessons, so that what is wrong with one is known before anybody reads it."""
        for unit in self.course.units:
            self.text(unit)

    def text(self, unit: Unit) -> Lesson:
        """A unit's lesson, read again only where its file was written since."""
        path = self.course.lesson(unit)
        stamp = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else (0, 0)
        found = self._texts.get(unit.id)
        if found is None or found[0] != stamp:
            found = self._texts[unit.id] = stamp, lesson(self.course, unit, self._link)
        return found[1]

    def where(self, picture: Picture) -> str:
        """The address of a visualizer with a call's inputs; "" if no lesson has it."""
        for unit in self.course.units:
            counts: dict[str, int] = {}
            for block in self.text(unit).blocks:
                if not isinstance(block, Shown):
                    continue
                counts[block.name] = count = counts.get(block.name, 0) + 1
                modes = block.options.get("modes") or [picture.mode]
                if block.name == picture.visualizer and picture.mode in modes:
                    place = block.name if count == 1 else f"{block.name}{count}"
                    mine = picture.function in FUNCTIONS[block.name]
                    state = {**picture.state, "mode": picture.mode, "mine": mine}
                    return f"{self._to(unit.id)}{address(place, state)}"
        return ""

    def home(self) -> dict[str, Any]:
        """The contents: units, the state of each exercise, what was met."""
        units: list[dict[str, Any]] = [
            {
                "unit": unit,
                "title": self.text(unit).title,
                "cards": [self._card(exercise) for exercise in unit.exercises],
                "met": sum(map(len, self._met(unit).values())),
                "due": f"{unit.due:%Y-%m-%d %H:%M}" if unit.due else "",
            }
            for unit in self.course.units
        ]
        cards = [card for each in units for card in each["cards"]]
        done = sum(card.state == "done" for card in cards)
        return {"course": self.course, "units": units, "done": done, "count": len(cards)}

    def lesson(self, unit: Unit, functions: Callable[[Shown], list[str]]) -> dict[str, Any]:
        """One lesson, with its visualizers, its exercises, and what comes before and after.

        Args:
            functions: those of the student's that a visualizer can be given.
        """
        text, met = self.text(unit), self._met(unit)
        units = list(self.course.units)
        at = units.index(unit)
        blocks: list[dict[str, Any]] = []
        for block in text.blocks:
            if isinstance(block, str):
                blocks.append({"kind": "text", "html": block})
            elif isinstance(block, Shown):
                told = {**block.options, "functions": functions(block)}
                told["reached"] = list(met.get(block.name, ()))
                blocks.append({
                    "kind": "shown", "name": block.name, "title": block.title,
                    "options": msgspec.json.encode(told).decode(),
                    "still": _still(block.name, msgspec.json.encode(block.options).decode()),
                })  # fmt: skip
            else:
                blocks.append({"kind": "exercise", "card": self._card(block)})
        return {
            "course": self.course,
            "unit": unit,
            "text": text,
            "blocks": blocks,
            "before": (units[at - 1], self.text(units[at - 1]).title) if at else None,
            "after": (units[at + 1], self.text(units[at + 1]).title) if units[at + 1 :] else None,
        }


@cache
def _still(name: str, options: str) -> str:
    return still.figure(name, msgspec.json.decode(options))
