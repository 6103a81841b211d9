"""The zip of Brightspace's (D2L) "Download submissions", and the same unpacked.

    39786-640693 - Jane Doe - Oct 10, 2027 1022 AM/magnitude.py       IDS - NAME - TIME/FILE
    39786-640693 - 23304308 Doe - 05 March 2027 612 PM/magnitude.py   an id before the name
    39786-640693 - Jane Doe - Oct 10, 2027 1022 AM - magnitude.py     the same, flat
    index.html                                                        Brightspace's own list

They may lie in one folder that is called by the assignment. The two numbers hold for the assignment
only; a new submission is a new folder. The time is by the server's clock, without a zone, and its
day in the reader's language (`times.py`). From downloads as public tools describe them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import NamedTuple

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.tree import Item, Tree
from grader.classroom.times import read_time

__all__ = ["SOURCE", "hand_ins", "recognises"]

SOURCE = "brightspace"
_LIST = "index.html"
_IDS = re.compile(r"\d+-\d+")
#: A day with its year, and a time of day in which a file's name cannot have the colon.
_TIME = re.compile(
    r"(?P<day>.*(?<!\d)(?:19|20)\d{2}(?!\d).*?)(?<!\d)(?P<hour>\d{1,2})[:.h]?(?P<minute>\d{2})"
    r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?\s*",
    re.IGNORECASE | re.DOTALL,
)


class _Place(NamedTuple):
    """What a path says: whose and when, and what remains as the path in the hand-in."""

    label: str
    ids: str
    name: str
    time: str
    rest: tuple[str, ...]


def recognises(tree: Tree, known: Known) -> bool:
    """Whether most of its files lie in folders as Brightspace calls them, or are called so."""
    fitting = sum(_place(item.parts) is not None for item in tree.items)
    own = sum(item.parts[-1:] == (_LIST,) for item in tree.items)
    return fitting * 2 > len(tree.items) - own


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """Each submission, in the zip's order."""
    found: dict[str, tuple[_Place, list[tuple[tuple[str, ...], Item]]]] = {}
    for item in tree.items:
        place = _place(item.parts)
        if place is not None:
            found.setdefault(place.label, (place, []))[1].append((place.rest, item))
        elif item.parts and item.parts[-1] == _LIST:
            note = f"{tree.origin(item.name)} is Brightspace's own list, and was left out."
            yield HandIn(SOURCE, tree.origin(item.name), (), [], notes=[note])
        else:
            yield HandIn(SOURCE, tree.origin(item.name), (), [((), item)])
    ids: dict[str, set[str]] = {}
    for place, _ in found.values():
        ids.setdefault(place.name, set()).add(place.ids)
    for place, files in found.values():
        yield _handed_in(tree, place, files, known, sorted(ids[place.name]))
    if found:
        note = (
            f"Times in {tree.name} name no zone and were read as {known.zone}; --zone says "
            "otherwise."
        )
        yield HandIn(SOURCE, tree.origin(""), (), [], notes=[note])


def _handed_in(
    tree: Tree,
    place: _Place,
    files: list[tuple[tuple[str, ...], Item]],
    known: Known,
    ids: list[str],
) -> HandIn:
    made = HandIn(
        SOURCE, tree.origin(place.label), (_identity(place.name),), files, team=place.name,
        ref=place.label, at=_moment(place.time, known.zone), notes=[], problems=[],
    )  # fmt: skip
    if made.at is None:
        made.notes.append(
            f"Its time, {place.time}, is in a language that is not read here: give it with --times."
        )
    if len(ids) > 1:  # two people, for all that is known; never one's work for the other's
        made.who, made.team = (), ""
        made.problems.append(
            f"Several are called {place.name} ({', '.join(ids[:3])}): call its folder by the "
            "student's id, and collect that."
        )
    return made


def _identity(name: str) -> Identity:
    """Whose it is: `Jane Doe`, or `23304308 Doe`, where the organisation's id stands first."""
    first, _, rest = name.partition(" ")
    if rest and any(letter.isdigit() for letter in first):
        return Identity(name, name=rest, word=first)
    return Identity(name, word=name)


def _place(parts: tuple[str, ...]) -> _Place | None:
    """Whose a path is; at most in one folder."""
    for depth in range(min(2, len(parts))):
        words = parts[depth].split(" - ")
        if len(words) < 3 or not _IDS.fullmatch(words[0]):
            continue
        is_folder = depth + 1 < len(parts)
        last = len(words) - 1
        for n in (last,) if is_folder else range(2, last):
            if _TIME.fullmatch(words[n]):
                label = " - ".join(words[: n + 1])
                rest = parts[depth + 1 :] if is_folder else (" - ".join(words[n + 1 :]),)
                return _Place(label, words[0], " - ".join(words[1:n]), words[n], rest)
    return None


def _moment(text: str, zone: tzinfo) -> datetime | None:
    """The time that a name has; None where its day is in a language that is not known."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    half = f" {found['half']}m" if found["half"] else ""
    return read_time(f"{found['day']}{found['hour']}:{found['minute']}{half}", zone)
