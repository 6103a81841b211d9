"""The zip that Moodle makes of an assignment's submissions, in folders or flat, and unpacked.

    Jane Doe_1234567_assignsubmission_file/magnitude.py        (older: …_file_/magnitude.py)
    Jane Doe_1234567_assignsubmission_file_magnitude.py        flat
    Jane Doe_1234567_assignsubmission_onlinetext/onlinetext.html
    Participant_1234567_assignsubmission_file/…                names are hidden
    Team A_42_assignsubmission_file/…                          a team and its id

The number is the participant's in the grading worksheet, which holds for this assignment alone.
There is no time; the worksheet has it. From mod/assign/classes/downloader.php of Moodle (2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.tree import Tree

__all__ = ["SOURCE", "hand_ins", "named", "prefix", "recognises"]

SOURCE = "moodle"
_WHO = re.compile(
    r"(?:(?P<name>.*?)_(?P<id>[0-9]+)|(?P<team>.+?))"
    r"_assignsubmission_(?P<plugin>[a-z0-9]+)(?:_(?P<file>.*))?",
    re.DOTALL,
)


def recognises(tree: Tree, known: Known) -> bool:
    """Whether most of its files, or the folders that they lie in, are called as Moodle does."""
    fitting = sum(_place(item.parts) is not None for item in tree.items)
    return fitting * 2 > len(tree.items)


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """What each participant or team handed in, in the zip's order."""
    found: dict[str, HandIn] = {}
    for item in tree.items:
        place = _place(item.parts)
        if place is None:
            yield HandIn(SOURCE, tree.origin(item.name), (), [((), item)])
            continue
        match, rest = place
        name, number = match["name"], match["id"]
        key = f"{name}_{number}" if number else match["team"]
        handed_in = found.get(key)
        if handed_in is None:
            who: tuple[Identity, ...] = ()
            if number:
                who = (Identity(key, {"moodle": number}, name),)
            team = name if number else match["team"]
            handed_in = found[key] = HandIn(
                SOURCE, tree.origin(item.name), who, [], team=team, only_team=not number,
                notes=[], problems=[],
            )  # fmt: skip
        if match["plugin"] == "file":
            handed_in.files.append((rest, item))
        else:
            handed_in.files.append(((match["plugin"], *rest), item))
            handed_in.problems.append("It has text typed into Moodle, which is not graded.")
    yield from found.values()


def prefix(path: str) -> str:
    """What a file that Moodle takes back begins with: `Jane Doe_1234567_assignsubmission_file_`.

    So older and newer Moodles read it, in a zip without folders; "" where the path says no number.
    """
    place = _place(tuple(path.split("/")))
    number = place[0]["id"] if place is not None else None
    return named(place[0]["name"], number) if place is not None and number else ""


def named(name: str, number: str) -> str:
    """The same for a participant whose number is known."""
    plain = " ".join(re.sub(r"[^\w .'-]|_", " ", name).split()).lstrip(".~") or "Participant"
    return f"{plain}_{number}_assignsubmission_file_"


def _place(parts: tuple[str, ...]) -> tuple[re.Match[str], tuple[str, ...]] | None:
    """Whose a path is, and what remains of it as the path in the hand-in; at most in one folder."""
    for depth in range(min(2, len(parts))):
        found = _WHO.fullmatch(parts[depth])
        if found is None:
            continue
        rest = parts[depth + 1 :]
        if not rest and found["file"]:
            return found, (found["file"],)
        if rest and not found["file"]:
            return found, rest
    return None
