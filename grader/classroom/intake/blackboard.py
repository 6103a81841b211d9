"""The zip of Blackboard's "Assignment File Download", and the same unpacked.

    Lab 1_jdoe_attempt_2027-02-01-10-20-30_magnitude.py      ASSIGNMENT_USER_attempt_TIME_FILE
    Lab 1_jdoe_attempt_2027-02-01-10-20-30.txt               a receipt: Name: Jane Doe (jdoe)

The user's name and the assignment's may have `_` in them; the receipt says where one ends. The time
is that of the attempt by the server's clock, without a zone; a zip may have several attempts. Read
from downloads as public tools describe them: kwurst/bb-file-cleanup, timdrysdale/gradex-cli.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

import msgspec

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.tree import Item, Tree

__all__ = ["SOURCE", "hand_ins", "recognises"]

SOURCE = "blackboard"
_ENTRY = re.compile(
    r"(?P<start>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)", re.DOTALL
)
#: The first line of a receipt, in any language; a name may have brackets in it, too.
_NAME = re.compile(
    r"\A\ufeff?[^\n:]{1,40}:[ \t]{0,9}(?P<name>[^\n]{0,200}?)[ \t]?\((?P<user>[^()\n]{1,200})\)"
    r"[ \t\r]{0,9}(?:\n|\Z)"
)
#: Bytes of a receipt that are read.
_RECEIPT = 1 << 16
#: Systems whose ids a user may be called by.
_IDS = ("login", "student", "sis", "hub", "email")


class _Found(msgspec.Struct):
    """One attempt, while its entries are gathered."""

    start: str
    time: str
    files: list[tuple[tuple[str, ...], Item]] = []
    receipt: Item | None = None


def recognises(tree: Tree, known: Known) -> bool:
    """Whether most of its files are called as Blackboard calls them."""
    fitting = sum(bool(item.parts) and _read(item) is not None for item in tree.items)
    return fitting * 2 > len(tree.items)


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """Each attempt, in the zip's order."""
    found: dict[tuple[str, str], _Found] = {}
    for item in tree.items:
        read = _read(item) if item.parts else None
        if read is None:
            yield HandIn(SOURCE, tree.origin(item.name), (), [((), item)])
            continue
        key = read["start"], read["time"]
        attempt = found.setdefault(key, _Found(*key))
        if read["file"]:
            attempt.files.append(((read["file"],), item))
        else:
            attempt.receipt = item
    for attempt in found.values():
        yield _handed_in(tree, attempt, known)
    if found:
        note = (
            f"Times in {tree.name} name no zone and were read as {known.zone}; --zone says "
            "otherwise."
        )
        yield HandIn(SOURCE, tree.origin(""), (), [], notes=[note])


def _read(item: Item) -> re.Match[str] | None:
    return _ENTRY.fullmatch(item.parts[-1])


def _handed_in(tree: Tree, attempt: _Found, known: Known) -> HandIn:
    name, user = _receipt(tree, attempt)
    user = user or _user(attempt.start, known)
    made = HandIn(
        SOURCE, tree.origin(f"{attempt.start}_attempt_{attempt.time}"),
        (Identity(user, name=name, word=user),), attempt.files, team=user, ref=attempt.time,
        at=_moment(attempt.time, known.zone), notes=[], problems=[],
    )  # fmt: skip
    if not attempt.files and attempt.receipt is not None:
        made.files = [(("submission.txt",), attempt.receipt)]
        made.problems.append("It is empty, or was typed into Blackboard: there is no file in it.")
    return made


def _receipt(tree: Tree, attempt: _Found) -> tuple[str, str]:
    """The whole name and the user's, as the receipt has them; "" where it does not say."""
    data = None if attempt.receipt is None else tree.read(attempt.receipt, _RECEIPT)
    if data is None:
        return "", ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # an older server's own
        text = data.decode("cp1252", "replace")
    found = _NAME.search(text)
    if found is None or not attempt.start.endswith(f"_{found['user']}"):
        return "", ""
    return found["name"], found["user"]


def _user(start: str, known: Known) -> str:
    """What stands behind the assignment's name: an id of the class, else what is behind the last
    `_`.
    """
    words = [start[found.end() :] for found in re.finditer("_", start)][:40]
    sure = (word for word in words if any(known.has(system, word) for system in _IDS))
    return next(sure, words[-1] if words else start)


def _moment(time: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.strptime(time, "%Y-%m-%d-%H-%M-%S").replace(tzinfo=zone)
    except ValueError:
        return None
