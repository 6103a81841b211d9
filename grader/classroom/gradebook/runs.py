"""Runs over a class, as they go: how far each is, for whoever looks from another program.

A run writes one row of its own: at its start, about once a second while something happens, every
few seconds while nothing does, and at its end. So one that was killed is seen to be silent. A row
names no student: what went wrong is counted by kind.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, cast

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from grader.classroom.batched import Concern, Kind, Tally
from grader.classroom.gradebook import tables
from grader.classroom.gradebook.database import Database
from grader.errors import WxbError

__all__ = ["Recorded", "Recording", "Runs", "Sort"]

_LOG = logging.getLogger(__name__)
#: Seconds between two writings of one row, and the longest silence of a run that goes on.
_OFTEN, _BEAT = 1.0, 5.0
#: A silence after which a run is taken for one that was killed: some beats, as a busy machine or
#: database may swallow one.
SILENT = timedelta(seconds=30)
#: Runs that are kept, and characters of what ended one.
_KEPT, _WORDS = 50, 500
#: A silence after which a run is forgotten as those are that have ended.
_FORGOTTEN = timedelta(days=1)
#: Seconds for which the difference between our clock and the database server's is believed.
_TRUSTED = 300.0

#: batch: what is new is judged. preview, apply, lower: a regrade that changes no mark, raises
#: marks, or also lowers them.
Sort = Literal["batch", "preview", "apply", "lower"]


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A run, as far as it was heard of.

    Args:
        host: the machine that it runs on.
        folders: the classes that it is over.
        moved: when it was last heard of.
        tally: of all its classes together, as far as it has begun them.
        concerns: how many hand-ins need a person, by the kind of what is the matter.
        fault: why it could not go on, as a sentence.
    """

    id: int
    kind: Sort
    who: str
    host: str
    folders: tuple[str, ...]
    begun: datetime
    moved: datetime
    ended: datetime | None = None
    tally: Tally = Tally(0)
    concerns: Mapping[Kind, int] = {}
    fault: str = ""

    def state(self, now: datetime) -> Literal["going", "silent", "failed", "stopped", "over"]:
        """What it does; silent: it was killed, or its machine or network has gone."""
        if self.ended is None:
            return "silent" if now - self.moved > SILENT else "going"
        if self.fault:
            return "failed"
        return "stopped" if self.tally.done < self.tally.total else "over"

    def left(self) -> timedelta | None:
        """About how long it takes to its end; None where nothing tells.

        What was settled before takes no time, so only what had to be looked into is counted.
        """
        tally = self.tally
        looked_into = tally.done - tally.settled
        if self.ended is not None or not looked_into or tally.done >= tally.total:
            return None
        if self.moved <= self.begun:  # a clock was put back
            return None
        each = (self.moved - self.begun) / looked_into
        return each * (tally.total - tally.done)


class Runs:
    """The runs that a gradebook knows; `Gradebook.runs`.

    Attributes:
        now: the time by which runs are told to go on or to be silent: a server's, where the
            gradebook is on one, so that machines whose clocks differ agree.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ahead, self._compared = timedelta(0), float("-inf")
        self.now: Callable[[], datetime] = self._time

    def _time(self) -> datetime:
        if time.monotonic() - self._compared > _TRUSTED:
            self._compared = time.monotonic()
            with suppress(WxbError):  # ours, until the server answers
                self._ahead = self._database.clock_ahead(_ours())
        return _ours() + self._ahead

    def begin(self, kind: Sort, who: str, folders: Sequence[Path]) -> Recording:
        """A new run. Use it as a context manager: what ends the block ends the run."""
        now = self.now()
        entry = Recorded(
            id=0, kind=kind, who=who, host=socket.gethostname(),
            folders=tuple(str(folder.resolve()) for folder in folders), begun=now, moved=now,
        )  # fmt: skip
        columns = tables.run.c
        with self._database.writing() as connection:
            made = connection.execute(insert(tables.run).values(**_values(entry)))
            assert made.inserted_primary_key is not None
            number = int(made.inserted_primary_key[0])
            old = select(columns.id).order_by(columns.id.desc()).offset(_KEPT - 1).limit(1)
            last = connection.execute(old).scalar_one_or_none()
            if last is not None:
                is_over = columns.ended.is_not(None) | (columns.moved < now - _FORGOTTEN)
                connection.execute(delete(tables.run).where(columns.id < last, is_over))
        return Recording(self, msgspec.structs.replace(entry, id=number))

    def write(self, entry: Recorded) -> None:
        """Keep how far a run is."""
        with self._database.writing() as connection:
            mine = update(tables.run).where(tables.run.c.id == entry.id)
            connection.execute(mine.values(**_values(entry)))

    def all(self, most: int = _KEPT) -> list[Recorded]:
        """The newest first."""
        query = select(tables.run).order_by(tables.run.c.id.desc()).limit(most)
        with self._database.reading() as connection:
            return [_recorded(row) for row in connection.execute(query)]

    def find(self, number: int) -> Recorded:
        """One run.

        Raises:
            KeyError: there is none, or none any more.
        """
        query = select(tables.run).where(tables.run.c.id == number)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise KeyError(number)
        return _recorded(row)


class Recording:
    """A run that goes on, written down by a thread of its own, so that it waits for nothing.

    Attributes:
        entry: as it is now.
    """

    def __init__(self, runs: Runs, entry: Recorded) -> None:
        self._runs, self.entry = runs, entry
        self._before = entry.tally
        self._news, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._write_often, daemon=True)

    @property
    def number(self) -> int:
        return self.entry.id

    def next(self) -> None:
        """Another class begins: its tally is added to those of the classes before."""
        self._before = self.entry.tally

    def heard(self, tally: Tally) -> None:
        """One hand-in is done; any thread may say so, one at a time."""
        self._set(tally=_sum(self._before, tally))

    def told(self, concern: Concern) -> None:
        """A hand-in needs a person."""
        there = self.entry.concerns
        self._set(concerns={**there, concern.kind: there.get(concern.kind, 0) + 1})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._over.set()
        self._thread.join()
        fault = ""
        if isinstance(error, WxbError):
            fault = error.told()
        elif isinstance(error, Exception):
            fault = f"A fault of the grader's own: {type(error).__name__}: {error}"
        self._set(ended=self._runs.now(), fault=fault[:_WORDS])
        self._write()

    def _set(self, **changes: object) -> None:
        self.entry = msgspec.structs.replace(self.entry, **changes)
        self._news.set()

    def _write_often(self) -> None:
        last = time.monotonic()  # clocks are put back
        while not self._over.wait(_OFTEN):
            if self._news.is_set() or time.monotonic() - last >= _BEAT:
                last = time.monotonic()
                self._write()

    def _write(self) -> None:
        self._news.clear()
        try:
            self._runs.write(msgspec.structs.replace(self.entry, moved=self._runs.now()))
        except Exception as error:  # marks are what matters: how far a run is, may be lost
            _LOG.debug("run %d: %s", self.entry.id, error)


def _ours() -> datetime:
    return datetime.now(UTC)


def _sum(a: Tally, b: Tally) -> Tally:
    return Tally(*(getattr(a, name) + getattr(b, name) for name in Tally.__struct_fields__))


def _values(entry: Recorded) -> dict[str, object]:
    return {
        "kind": entry.kind, "who": entry.who, "host": entry.host, "begun": entry.begun,
        "moved": entry.moved, "ended": entry.ended, "fault": entry.fault,
        "folders": msgspec.json.encode(entry.folders).decode(),
        "tally": msgspec.json.encode(entry.tally).decode(),
        "concerns": msgspec.json.encode(entry.concerns).decode(),
    }  # fmt: skip


def _recorded(row: Row[tuple[object, ...]]) -> Recorded:
    told = row._asdict()
    return Recorded(
        **{n: told[n] for n in ("id", "who", "host", "begun", "moved", "ended", "fault")},
        kind=cast(Sort, told["kind"]),
        folders=msgspec.json.decode(told["folders"], type=tuple[str, ...]),
        tally=msgspec.json.decode(told["tally"], type=Tally),
        concerns=msgspec.json.decode(told["concerns"]),
    )
