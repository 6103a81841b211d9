"""nbgrader's trees: what its exchange holds, and `submitted/`.

    inbound/jdoe+01_vectors+2027-02-01 10:20:30.705069 UTC+9f3a…/01_vectors.ipynb
    submitted/jdoe/01_vectors/01_vectors.ipynb, and timestamp.txt beside it

The student is the hub's user name. From nbgrader/exchange/default/{submit,list}.py of 0.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.tree import Item, Tree
from grader.classroom.times import read_time

__all__ = ["SOURCE", "hand_ins", "recognises"]

SOURCE = "nbgrader"
_INBOUND = re.compile(
    r"(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+(?P<at>[0-9]{4}-[^+]+(?:\+[0-9]{4})?)(?:\+.*)?",
    re.DOTALL,
)
_TIMESTAMP = "timestamp.txt"
_Found = tuple[str, str, str, tuple[str, ...]]


def recognises(tree: Tree, known: Known) -> bool:
    """Whether it is laid out as the exchange, or as `submitted/`."""
    if not tree.items:
        return False
    if any(item.parts and item.parts[-1] == _TIMESTAMP for item in tree.items):
        return any(_place(tree, item.parts) for item in tree.items)
    fitting = sum(_inbound(item.parts) is not None for item in tree.items)
    if any(
        "inbound" in item.parts[: found[1]]
        for item in tree.items
        if (found := _inbound(item.parts))
    ):
        return True
    is_named = tree.name == "submitted" or any(i.parts[:1] == ("submitted",) for i in tree.items)
    return fitting * 2 > len(tree.items) or is_named


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """What each student submitted: in the exchange all their attempts."""
    found: dict[_Found, list[tuple[tuple[str, ...], Item]]] = {}
    is_exchange = any(_inbound(item.parts) for item in tree.items)
    has_submitted = any("submitted" in item.parts[:2] for item in tree.items)
    beside = 0
    for item in tree.items:
        place = _place(tree, item.parts)
        is_other = is_exchange and not _inbound(item.parts)
        if is_other or (has_submitted and "submitted" not in item.parts[:2]):
            beside += 1  # what was released, graded or fetched
            continue
        if place is None:
            yield HandIn(SOURCE, tree.origin(item.name), (), [((), item)])
            continue
        student, assignment, at, base, rest = place
        found.setdefault((student, assignment, at, base), []).append((rest, item))
    if beside:
        note = f"{tree.name}: {beside:,} files beside what was submitted were left out."
        yield HandIn(SOURCE, tree.name, (), [], notes=[note])
    for (student, assignment, written, base), files in found.items():
        stamp = next((item for parts, item in files if parts == (_TIMESTAMP,)), None)
        data = tree.read(stamp, 200) if stamp is not None else None
        text = data.decode("utf-8", "replace").strip() if data else written
        when = read_time(text) if text else None
        problem = f"Its time cannot be read: {text}." if text and when is None else ""
        yield HandIn(
            SOURCE,
            tree.origin("/".join(base)),
            (Identity(student, {"hub": student}, word=student),),
            [(parts, item) for parts, item in files if item is not stamp],
            ref=text,
            at=when,
            unit=assignment if assignment in known.units else None,
            notes=[] if assignment in known.units else [f"It is for nbgrader's {assignment}."],
            problems=[problem] if problem else [],
        )


def _inbound(parts: tuple[str, ...]) -> tuple[re.Match[str], int] | None:
    for depth in range(min(3, len(parts) - 1)):
        found = _INBOUND.fullmatch(parts[depth])
        if found is not None:
            return found, depth
    return None


def _place(
    tree: Tree, parts: tuple[str, ...]
) -> tuple[str, str, str, tuple[str, ...], tuple[str, ...]] | None:
    """Student, assignment, time as written, the hand-in's folder, and the path in it."""
    inbound = _inbound(parts)
    if inbound is not None:
        found, depth = inbound
        base, rest = parts[: depth + 1], parts[depth + 1 :]
        return found["student"], found["assignment"], found["at"], base, rest
    start = parts.index("submitted") + 1 if "submitted" in parts[:2] else 0
    if len(parts) < start + 3:
        return None
    student, assignment, *rest_ = parts[start:]
    return student, assignment, "", parts[: start + 2], tuple(rest_)
