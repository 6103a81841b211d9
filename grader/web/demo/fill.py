"""A gradebook with a made-up class in it, and the files that the class handed in.

What a text comes to is judged, really, once; a student who hands it in gets that verdict, as
`grade batch` does it with twins. So 120 students with some 2,000 hand-ins cost a few hundred
judgements; what each student has of their own in a text is nothing that runs when it is judged
(`varied.py`). The hand-ins are written as nbgrader's exchange keeps them: every attempt, with its
time.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from grader.classroom.attempt import CLASS, Attempt, Collected
from grader.classroom.collected import ATTEMPT, FORMAT, ROSTER, WORK
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.sheet import read_roster
from grader.classroom.insight.refresh import refresh
from grader.classroom.people import Person
from grader.course.outline import Course
from grader.errors import UsageError
from grader.web.demo.bank import Bank, Text, judged
from grader.web.demo.growing import HandIn, grown, people
from grader.web.demo.varied import varied

__all__ = ["fill"]

_SEED = 20270201


def fill(
    course: Course,
    folder: Path,
    *,
    count: int = 120,
    seed: int = _SEED,
    now: datetime | None = None,
    said: Callable[[str], None] = lambda text: None,
    bank: Bank | None = None,
) -> str:
    """Make a class up in a folder; the place of its gradebook, for `Gradebook` and --gradebook.

    Args:
        folder: empty; gets `class/` and `marks.db`.
        now: when the last unit ends; this minute by default.
        said: told what is being done.
        bank: texts that were judged before.

    Raises:
        UsageError: the course is a handout.
    """
    chance = random.Random(seed)
    if bank is None:
        said("Judging what the class will hand in …")
        bank = judged(course, chance, jobs=max(1, min(4, os.cpu_count() or 1)))
    now = now or datetime.now(UTC).replace(second=0, microsecond=0)
    class_ = people(_known(course), count, chance)
    root, where = folder / "class", folder / "marks.db"
    _begin(course, root, class_, now)
    texts = {name: [text for text, _ in found] for name, found in bank.items()}
    hand_ins = sorted(grown(course, class_, texts, now, chance), key=lambda each: each.at)
    said(f"Handing in {len(hand_ins):,} times …")
    with Gradebook(course, str(where)) as book:
        book.note_place("collected", root)
        book.import_roster(class_)
        _settle(book, root, hand_ins, bank)
        refresh(book)
    return str(where)


def _known(course: Course) -> list[Person]:
    """The class that ships with the course, if one does."""
    path = Path(course.root) / "examples" / "class" / "gradebook.csv"
    try:
        return read_roster(path) if path.is_file() else []
    except UsageError:
        return []


def _begin(course: Course, root: Path, class_: list[Person], now: datetime) -> None:
    root.mkdir(parents=True)
    about = Collected(FORMAT, now, None, course.title, "all", "demo")
    (root / CLASS).write_bytes(msgspec.json.encode(about))
    (root / ROSTER).write_bytes(msgspec.json.encode(class_))


def _settle(book: Gradebook, root: Path, hand_ins: list[HandIn], bank: Bank) -> None:
    """Write each hand-in, and settle it: a text that was handed in before has its grading."""
    gradings: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    entries = []
    for each in hand_ins:
        counts[each.student] = counts.get(each.student, 0) + 1
        sources = {f"{n}.py": _source(bank[n][at][0], each.student, n) for n, at in
                   each.texts.items()}  # fmt: skip
        attempt = _attempt(each, sources)
        _write(root / WORK / each.student / f"{counts[each.student]:04}", attempt, sources)
        entries.append((attempt, each.texts))
    new = {(name, n) for _, texts in entries for name, n in texts.items()}
    for name, n in sorted(new):
        gradings[name, n] = book.keep([bank[name][n][1]])[name]
    book.settle_all(
        (attempt, {name: gradings[name, n] for name, n in texts.items()})
        for attempt, texts in entries
    )


def _source(text: Text, student: str, exercise: str) -> str:
    """A text as a student has it; what is rare was copied, and stays as it was."""
    if text.kind in ("stub", "broken"):
        return text.source
    return varied(text.source, f"{'copied' if text.kind == 'rare' else student} {exercise}")


def _attempt(each: HandIn, sources: dict[str, str]) -> Attempt:
    digest = hashlib.sha256()
    for name, text in sorted(sources.items()):
        digest.update(f"{name}\0{text}\0".encode())
    told = f"{each.at:%Y-%m-%d %H:%M:%S} UTC"
    return Attempt(
        each.student, each.number, "nbgrader",
        f"exchange: inbound/{each.student}+{each.unit}+{told}", digest.hexdigest(), each.unit,
        each.at,
    )  # fmt: skip


def _write(place: Path, attempt: Attempt, sources: dict[str, str]) -> None:
    (place / "files").mkdir(parents=True)
    (place / ATTEMPT).write_bytes(msgspec.json.encode(attempt))
    for name, text in sources.items():
        (place / "files" / name).write_text(text, "utf-8")
