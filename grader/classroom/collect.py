"""From what an LMS gives to a collected class: whose it is, kept byte for byte, told in full.

Nothing that is there is overwritten: a hand-in becomes a folder in one step, and a second run over
the same sources finds everything known. What cannot be kept or attributed is named, and costs
nobody else anything.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.classroom.attempt import Attempt
from grader.classroom.clock import Clock
from grader.classroom.collected import find_class, policy_notes
from grader.classroom.copied import copy_files
from grader.classroom.intake import SOURCES, recognised
from grader.classroom.intake.feed import Feed, Unreached
from grader.classroom.intake.folder import is_list
from grader.classroom.intake.handin import HandIn, Known
from grader.classroom.intake.tree import Tree, open_tree
from grader.classroom.listed import read_listing
from grader.classroom.prepared import Names, prepare
from grader.classroom.roster import Roster
from grader.classroom.store import Store
from grader.classroom.summary import Problem, Read, Summary, differing
from grader.classroom.times import local_zone
from grader.classroom.whose import Owner, owners
from grader.course.outline import Course
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["Progress", "Request", "collect"]

#: Called with a name and how many hand-ins there are in all so far, before each of them.
Progress = Callable[[str, int], None]
_NOTES = 40
#: Sources whose zips are a class's.
_LMS = frozenset({"blackboard", "brightspace", "canvas", "moodle", "gradescope"})


class Request(msgspec.Struct, frozen=True):
    """What is to be collected.

    Args:
        sources: zips, folders, files.
        into: the folder of the class; made where there is none.
        unit: the unit that all of it is for.
        rosters: sheets of the people.
        times: a sheet of times.
        kind: the source that all of it is of; "auto" looks.
        keep: which attempts count: "last", "best" or "all".
        zone: the zone of times that name none.
        feeds: systems that were asked.
    """

    sources: tuple[Path, ...]
    into: Path
    unit: str | None = None
    rosters: tuple[Path, ...] = ()
    times: Path | None = None
    kind: str = "auto"
    keep: str | None = None
    zone: datetime.tzinfo | None = None
    feeds: tuple[Feed, ...] = ()


def collect(
    request: Request, course: Course | None = None, progress: Progress = lambda name, total: None
) -> Summary:
    """Collect hand-ins into the folder of a class.

    Args:
        course: the course that they are for; without one it is not known which unit a file is for.

    Raises:
        UsageError: a sheet, the folder, or the only source is not what it should be. Of several
            sources the others are collected, and the summary names it.
    """
    _check(request, course)
    with Store.open(request.into, course.title if course is not None else "") as store:
        return _Run(request, course, store, progress).whole()


def _check(request: Request, course: Course | None) -> None:
    into = request.into.resolve()
    if into.is_file():
        raise UsageError(f"{request.into} is a file; name a folder.")
    outer = find_class(into.parent)
    if outer is not None:
        raise UsageError(f"{request.into} lies in the class {outer}; name a folder outside of it.")
    for source in request.sources:
        if not source.exists():
            raise UsageError(f"{source}: there is no such file or folder")
        if source.resolve().is_relative_to(into):
            raise UsageError(
                f"{source} lies in {request.into}, which is what was collected already."
            )
    units = [unit.id for unit in course.units] if course is not None else []
    if request.unit and course is not None and request.unit not in units:
        raise UsageError(f"There is no unit {request.unit}. The units are {', '.join(units)}.")


class _Run:
    """One run of `collect`: what is known while it lasts."""

    def __init__(
        self, request: Request, course: Course | None, store: Store, progress: Progress
    ) -> None:
        self._request, self._course, self._store, self._progress = request, course, store, progress
        self._names = Names(course)
        self._roster = Roster(store.people)
        self._clock = Clock(self._roster, request.zone)
        self._full = tuple[Path, ...]()  # sheets that all are in
        self._inner: set[Path] = set()
        self._total = 0
        self._read: list[Read] = []
        self._problems, self._notes = list[Problem](), list[str]()

    def whole(self) -> Summary:
        """Read the sheets, then one source after the other."""
        self._read_sheets()
        rosters = [path.name for path in self._full]
        rosters += [feed.tree.name for feed in self._request.feeds]
        self._store.about(self._request.keep, rosters)
        sources = [inner for source in self._request.sources for inner in self._expanded(source)]
        for source in sources:
            try:
                self._read.append(self._source(source))
            except UsageError as error:
                if len(sources) == 1:
                    raise
                self._problem("", source.name, str(error))
        for feed in self._request.feeds:
            self._read.append(self._take(feed.tree, feed.hand_ins, feed.kind, feed.tree.name))
        for told, what in self._clock.unknown():
            self._problem(told.word, told.place, what)
        self._notes += self._clock.notes
        self._store.about()
        self._store.log(self._problems, self._notes)
        return self._summary()

    def _expanded(self, path: Path) -> list[Path]:
        """A source; or, where it is a folder in which an LMS's zips lie, these and what is left."""
        if not path.is_dir() or self._request.kind != "auto":
            return [path]
        known, inner = self._known(), []
        with open_tree(path) as tree:
            if recognised(tree, known).SOURCE != "folder":
                return [path]
            for item in tree.items:
                if len(item.parts) == 1 and item.name.lower().endswith(".zip") and not item.reason:
                    with suppress(UsageError), open_tree(path / item.name) as zipped:
                        if recognised(zipped, known).SOURCE in _LMS:
                            inner.append(path / item.name)
            is_all = len(inner) == sum(not is_list(item.name) for item in tree.items)
        self._inner |= {zip_.resolve() for zip_ in inner}
        return inner if inner and is_all else [*inner, path]

    def _known(self) -> Known:
        course = self._course
        return Known(
            self._roster.has,
            frozenset(e.id for e in course.exercises) if course is not None else frozenset(),
            frozenset(u.id for u in course.units) if course is not None else frozenset(),
            self._request.zone or local_zone(),
        )

    # --- sheets ---------------------------------------------------------------------------------

    def _read_sheets(self) -> None:
        zone = self._request.zone or local_zone()
        listings = [read_listing(path, zone) for path in self._request.rosters]
        listings += [feed.listing for feed in self._request.feeds]
        for listing in listings:
            self._notes += self._roster.merge(listing)
            if listing.graded is not None and self._course is not None:
                self._notes += listing.graded.notes(self._course)
        keys: set[str] = set()
        for listing in listings:
            keys |= {key for _, key in self._roster.rows(listing)}
            self._clock.take(listing)
        full = [each for each in listings if each.graded is None]  # nbgrader adds who hands in
        self._full = tuple(each.path for each in full)
        if full and all(row.name or row.email for each in full for row in each.people):
            gone = self._roster.leave_out(keys)
            if gone:
                names = ", ".join(person.key for person in gone[:5])
                more = f" and {len(gone) - 5:,} more" if len(gone) > 5 else ""
                self._notes.append(f"Not on the roster any more: {names}{more}.")
        if self._request.times is not None:
            self._clock.read(self._request.times)
        self._store.write_people(self._roster.people)

    # --- one source -----------------------------------------------------------------------------

    def _source(self, path: Path) -> Read:
        known = self._known()
        with open_tree(path) as tree:
            self._leave_out_own(tree)
            kind = self._request.kind
            source = recognised(tree, known) if kind == "auto" else SOURCES[kind]
            found = sorted(source.hand_ins(tree, known), key=HandIn.moment)
            if not found:
                self._problem("", tree.name, "Nothing that was handed in is in it.")
            if tree.odd:
                self._notes.append(
                    f"{tree.name} does not tell the encoding of {len(tree.odd):,} of its names, so "
                    f"they may be others: {', '.join(tree.odd[:3])}."
                )
            if tree.too_many:
                self._problem("", tree.name, "It has too many files; the rest was not looked at.")
            return self._take(tree, found, source.SOURCE, str(path))

    def _take(self, tree: Tree, found: Sequence[HandIn], kind: str, name: str) -> Read:
        """Keep what a source has."""
        is_listed = bool(self._full or self._request.feeds) or self._store.is_rostered
        whose = list(owners(found, self._roster, is_listed))
        self._store.write_people(self._roster.people)
        self._clock.look()
        self._total += len(found)
        new = known_before = 0
        for hand_in, owner in zip(found, whose, strict=True):
            self._progress(owner.label, self._total)
            kept = self._hand_in(tree, hand_in, owner)
            new += kept is True
            known_before += kept is False
        self._store.log(self._problems, self._notes)
        count = sum(_is_something(hand_in) for hand_in in found)
        return Read(printable(name), kind, count, new, known_before)

    def _leave_out_own(self, tree: Tree) -> None:
        """A class may be collected into a folder of its source."""
        into, root = self._request.into.resolve(), tree.path.resolve()
        if tree.is_folder and into.is_relative_to(root):
            own = into.relative_to(root).parts
            tree.items = [item for item in tree.items if item.parts[: len(own)] != own]
        if tree.is_folder and self._inner:  # sources of their own
            inner = {path.name for path in self._inner if path.parent == root}
            tree.items = [
                item for item in tree.items if item.parts[:1] not in {(n,) for n in inner}
            ]

    def _hand_in(self, tree: Tree, hand_in: HandIn, owner: Owner) -> bool | None:
        """Keep one; whether it is new, or None where there is nothing to keep."""
        if not _is_something(hand_in):
            self._notes += hand_in.notes  # something beside the hand-ins
            return None
        if owner.is_test:
            self._notes.append(f"{hand_in.origin} is the LMS's test student's, and left out.")
            return None
        for note in owner.notes:
            self._notes.append(note)
        if self._request.feeds and self._is_there(hand_in, owner):
            return False
        staged = self._store.stage()
        files = staged / "files"
        try:
            copied = copy_files(tree, hand_in, files)
        except Unreached as error:
            shutil.rmtree(staged)  # whole or not at all: the next run has it
            self._problem(owner.label, hand_in.origin, f"{error} Type the same again later.")
            return None
        prepared = prepare(files, staged / "read", self._names, copied.twins)
        problems = [*hand_in.problems, *copied.problems, *prepared.problems]
        packed = prepared.packed.unit if prepared.packed is not None else ""
        unit = self._unit(hand_in, prepared.units, packed, problems)
        if not prepared.count and not problems:
            some = any(files.rglob("*"))
            problems.append(
                "There is no Python module or notebook in it." if some else "It is empty."
            )
        for problem in (*owner.problems, *problems):
            self._problem(owner.label, hand_in.origin, problem)
        if not any(path.is_file() for path in files.rglob("*")):
            shutil.rmtree(staged)  # it was told; nothing in it can count in place of other work
            return None
        notes = [*hand_in.notes, *copied.notes, *prepared.notes]
        told = self._clock.told(hand_in, owner, unit)
        attempt = Attempt(
            student=owner.keys[0] if owner.keys else "",
            number=hand_in.number or 0,
            source="pack" if prepared.packed and hand_in.source == "folder" else hand_in.source,
            origin=printable(hand_in.origin),
            digest=self._store.digest(files),
            unit=unit,
            at=told.at,
            late=told.late,
            team=owner.keys if len(owner.keys) > 1 else (),
            notes=tuple(map(printable, (*problems, *notes)[:_NOTES])),
            units=prepared.units,
            ref=printable(hand_in.ref),
            order=hand_in.order,
        )
        return self._store.keep(attempt, staged)

    def _is_there(self, hand_in: HandIn, owner: Owner) -> bool:
        """Whether a system's hand-in is in the class, so that its files need not be fetched."""
        known = self._store.again(
            owner.keys[0] if owner.keys else "", hand_in, owner.keys if len(owner.keys) > 1 else ()
        )
        for note in known.notes if known is not None else ():
            self._notes.append(f"{owner.label}, {hand_in.origin}: {note}")
        return known is not None

    def _unit(
        self, hand_in: HandIn, units: tuple[str, ...], packed: str, problems: list[str]
    ) -> str | None:
        """The unit that a hand-in is for, where that is known."""
        asked = self._request.unit
        known = set(self._names.units.values())
        own = hand_in.unit or (packed if packed and (packed in known or not known) else None)
        if asked and own and own != asked:
            problems.append(f"It was handed in for {own}, not for {asked}.")
            return own
        if asked and units and asked not in units:
            problems.append(f"Nothing in it is for {asked}; it is for {', '.join(units)}.")
        return asked or own or (units[0] if len(units) == 1 else None)

    # --- what is told ---------------------------------------------------------------------------

    def _problem(self, who: str, where: str, what: str) -> None:
        self._problems.append(Problem(printable(who), printable(where), printable(what)))

    def _summary(self) -> Summary:
        about, people, attempts = self._store.read(self._course)
        having = {key for a in attempts for key in (a.student, *a.team)}
        missing = [p.key for p in people if p.active and p.key not in having]
        self._notes += policy_notes(about, self._course)
        return Summary(
            into=str(self._request.into),
            sources=tuple(self._read),
            people=sum(person.active for person in people),
            attempts=len(attempts),
            unmatched=self._store.unmatched,
            missing=tuple(missing),
            late=tuple(differing(self._course, people, attempts)),
            problems=tuple(dict.fromkeys(self._problems)),
            notes=tuple(dict.fromkeys(map(printable, self._notes))),
            unit=about.unit or "",
            course=about.course,
        )


def _is_something(hand_in: HandIn) -> bool:
    """Whether it is a hand-in, and not a remark on what lies beside them."""
    return bool(hand_in.files or hand_in.who or hand_in.team)
