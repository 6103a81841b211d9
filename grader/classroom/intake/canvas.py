"""The zip that Canvas makes of an assignment's submissions, and the same unpacked.

    doejane_101_90210_magnitude.py            NAME_USERID_ATTACHMENTID_FILE
    doejane_LATE_101_90210_magnitude.py       handed in late
    doejane_101_text.html, …_link.html        typed into Canvas, or an address
    anon_AbC12_90210_magnitude.py             names are hidden; LATE_anon_… where late

NAME is the sortable name ("Doe, Jane") in small letters without what is no letter, mark, digit or
`_`; a team's work stands once, under the team's name and one member's id. There is only the last
attempt, and no time. From lib/content_zipper.rb of Canvas (2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.tree import Item, Tree

__all__ = ["SOURCE", "hand_ins", "prefix", "recognises"]

SOURCE = "canvas"
_NAME = re.compile(
    r"(?P<late>LATE_)?(?P<id>anon_[A-Za-z0-9]+|[0-9]+)_"
    r"(?:(?P<attachment>[0-9]+)_(?P<file>.+)|(?P<kind>text|link)\.html)",
    re.DOTALL,
)
_TYPED = {
    "text": "It was typed into Canvas as text, not uploaded as a file.",
    "link": "An address was handed in, not a file.",
}


class _Read(NamedTuple):
    """One way to read an entry's name."""

    name: str
    late: bool
    id: str
    attachment: int
    file: str
    kind: str


def recognises(tree: Tree, known: Known) -> bool:
    """Whether most of its files are called as Canvas calls them, all in one folder."""
    folders = {item.parts[:-1] for item in tree.items if item.parts}
    fitting = sum(bool(item.parts) and bool(_ways(item.parts[-1])) for item in tree.items)
    return len(folders) == 1 and fitting * 2 > len(tree.items)


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """What each student uploaded last, in the zip's order."""
    found: dict[str, HandIn] = {}
    for item in tree.items:
        read = _best(item.parts[-1], known) if item.parts else None
        if read is None:
            yield HandIn(SOURCE, tree.origin(item.name), (), [((), item)])
            continue
        handed_in = found.get(read.id)
        if handed_in is None:
            handed_in = found[read.id] = _begun(tree, item, read)
        handed_in.files.append(((read.file,), item))
        handed_in.order = max(handed_in.order, read.attachment)
        if read.kind:
            handed_in.problems.append(_TYPED[read.kind])
        else:
            handed_in.ref += f"+{read.attachment}" if handed_in.ref else f"{read.attachment}"
    yield from found.values()


def prefix(name: str, known: Known) -> str:
    """What a file that Canvas takes back begins with: `doejane_101_90210_`; "" without an upload.

    Canvas takes the first two numbers between `_` for the user and an upload of theirs, so the
    name before them is written without any.
    """
    read = _best(name, known)
    if read is None or not read.attachment:
        return ""
    late = "LATE_" if read.late else ""
    owner = "".join(re.findall(r"[^\W_]+", read.name))
    if owner.isdigit():
        owner = f"n{owner}"
    return f"{owner}_{late}{read.id}_{read.attachment}_".lstrip("_")


def _begun(tree: Tree, item: Item, read: _Read) -> HandIn:
    if read.id.startswith("anon_"):
        who = Identity(read.id, {"canvas-anonymous": read.id}, word=read.id, blind=True)
    else:
        who = Identity(f"{read.name} ({read.id})", {"canvas": read.id}, read.name)
    return HandIn(
        SOURCE,
        tree.origin(item.name),
        (who,),
        [],
        team=read.name,
        late=read.late,
        notes=[],
        problems=[],
    )


def _best(name: str, known: Known) -> _Read | None:
    """The way of reading that the class confirms, else the first.

    A file's name may begin with digits, too: `doejane_101_90210_01_vectors.py`.
    """
    ways = _ways(name)
    return next((way for way in ways if known.has("canvas", way.id)), ways[0] if ways else None)


def _ways(name: str) -> list[_Read]:
    starts = [0, *(found.end() for found in re.finditer("_", name))][:40]
    ways = []
    for start in starts:
        found = _NAME.fullmatch(name, start)
        owner = name[: max(0, start - 1)]
        if found is None or owner == "LATE" or owner.endswith("_LATE"):
            continue
        if found["id"].startswith("anon_") and owner:
            continue
        ways.append(
            _Read(
                owner,
                found["late"] is not None,
                found["id"],
                int((found["attachment"] or "0")[:18]),
                found["file"] or f"{found['kind']}.html",
                found["kind"] or "",
            )
        )
    return ways
