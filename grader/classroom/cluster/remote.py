"""The caller's side of a cluster: hand-ins out, answers in.

A few hand-ins for each thread of the cluster are out at a time; each is known here until its answer
is here. So nothing that ends over there can cost one:

- a worker that is gone: the scheduler gives its hand-ins to others; where that went on too often
  for one hand-in (Dask's `allowed-failures`), it is sent again, and then it is a fault;
- a scheduler that is gone: it is waited for, and everything that is out is sent again;
- no worker at all: it is waited for.

And nothing is doubled: only the answer to what was sent last counts, and the asker alone writes it
down.
"""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any, TypeVar
from uuid import uuid4

import msgspec

from grader.classroom.cluster.connection import (
    KEPT,
    LOST,
    Connection,
    Gone,
    Patience,
    check_dask,
    minutes,
    quiet,
    short,
)
from grader.classroom.cluster.parcel import (
    Faulted,
    Judged,
    Order,
    Outcome,
    Refused,
    kit_for,
    packed,
)
from grader.classroom.judges import Answer, Asked, Setup
from grader.errors import UsageError
from grader.grading.talk import decoded, encoded

__all__ = ["ClusterJudges"]

T = TypeVar("T")

#: Hand-ins that are out for each thread of the cluster: one is judged while the next one waits.
_AHEAD = 2
#: Times that a hand-in is sent again whose workers ended over it.
_AGAIN = 2
#: Answers that are fetched at a time.
_FETCHED = 64


class _Sent(msgspec.Struct):
    """A hand-in that is out.

    Args:
        future: of the task that was sent for it last; no other one counts.
        tries: how often it was sent again because workers ended over it.
    """

    asked: Asked[Any]
    future: Any = None
    tries: int = 0


class ClusterJudges:
    """The workers of a Dask scheduler.

    Args:
        address: of the scheduler, e.g. `tcp://10.0.0.5:8786`; certificates for `tls://` are taken
            from Dask's configuration.
        said: called with a line where something is waited for.

    Raises:
        UsageError: dask.distributed is not installed.
    """

    def __init__(
        self,
        address: str,
        setup: Setup,
        said: Callable[[str], None] = lambda line: None,
        patience: Patience = Patience(),  # noqa: B008
    ) -> None:
        check_dask()
        self._address, self._setup, self._said, self._patience = address, setup, said, patience
        self._digest = ""
        self._connection: Connection | None = None
        self._run, self._taken, self._tasks = uuid4().hex[:12], 0, 0
        self._out: dict[int, _Sent] = {}
        self._ready: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._answers: deque[Answer[Any]] = deque()
        self._has_stopped = False
        self._differs: dict[str, None] = {}

    @property
    def jobs(self) -> int:
        return max(1, self._connection.threads if self._connection else 0)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._differs)

    def start(self) -> None:
        """Find the scheduler, and give it the course.

        Raises:
            UsageError: there is no scheduler, or it does not know wxb.
        """
        quiet()
        self._digest, kit = packed(kit_for(self._setup))
        self._connection = Connection(self._address, kit, self._digest, self._said, self._patience)
        try:
            self._connection.open(self._patience.first)
        except (
            OSError,
            ValueError,
            TypeError,
        ) as error:  # the last one: no certificates for tls://
            raise UsageError(
                f"No Dask scheduler answers at {self._address} ({short(error)}). Nothing was "
                "marked. Is it running, and is this its address? Start one with: dask scheduler"
            ) from None

    def judge(self, asked: Iterable[Asked[T]]) -> Iterator[Answer[T]]:
        source = iter(asked)
        is_more = True
        while True:
            while is_more and len(self._out) < _AHEAD * self.jobs:
                each = next(source, None)
                is_more = each is not None
                if each is not None:
                    self._take(each)
            while self._answers:
                yield self._answers.popleft()
            if not self._out and not is_more:
                return
            if self._out:
                self._wait()

    def close(self) -> None:
        """Have workers forget the course; leave what is out."""
        left = [sent.future for sent in self._out.values() if sent.future is not None]
        self._out.clear()
        if self._connection is not None:
            self._connection.close(left)

    @property
    def _link(self) -> Connection:
        """The connection; there is one as soon as something was taken."""
        assert self._connection is not None
        return self._connection

    def _reconnect(self) -> None:
        """Wait until the scheduler is back, then send everything again that is out.

        Raises:
            UsageError: it does not come back in time.
        """
        link = self._link
        link.hang_up()
        until = time.monotonic() + self._patience.gone
        self._said(
            f"The connection to the Dask scheduler at {self._address} is lost; waiting for it, "
            f"{minutes(self._patience.gone)} at most. Nothing is lost."
        )
        while not link.is_open and not self._setup.stop.asked:
            try:
                link.open(self._patience.look)
            except (OSError, ValueError):
                link.hang_up()
                if time.monotonic() > until:
                    raise UsageError(
                        f"The Dask scheduler at {self._address} did not come back within "
                        f"{minutes(self._patience.gone)}. {KEPT}"
                    ) from None
                time.sleep(min(0.2, self._patience.look))
        if not link.is_open:
            self._drop(list(self._out))
            return
        self._said(f"It is back: {len(self._out):,} hand-ins are sent again.")
        try:
            for number in self._out:
                self._send(number)
        except LOST:
            self._reconnect()

    def _take(self, asked: Asked[Any]) -> None:
        """Send a hand-in out."""
        self._taken += 1
        self._out[self._taken] = _Sent(asked)
        try:
            self._send(self._taken)
        except LOST:
            self._reconnect()

    def _send(self, number: int) -> None:
        """Make a task for a hand-in that is out.

        Raises:
            one of `LOST`: the connection does not hold.
        """
        sent = self._out[number]
        self._tasks += 1
        key = f"wxb-judge-{self._run}-{self._tasks}"
        order = Order(self._digest, sent.asked.submission, sent.asked.exercises)
        sent.future = self._link.submit(encoded(order), key)
        sent.future.add_done_callback(lambda future: self._ready.put((number, future)))

    def _wait(self) -> None:
        """Wait until something came of what is out."""
        ready = []
        with suppress(queue.Empty):
            ready.append(self._ready.get(timeout=self._patience.look))
            while len(ready) < _FETCHED:
                ready.append(self._ready.get_nowait())
        try:
            if self._setup.stop.asked and not self._has_stopped:
                self._end_waiting()
            self._fetch([number for number, future in ready if self._is_last(number, future)])
            self._link.look()
        except LOST:
            self._reconnect()

    def _is_last(self, number: int, future: Any) -> bool:
        """Whether a future is of what was sent last for a hand-in that is out."""
        sent = self._out.get(number)
        return sent is not None and sent.future is future

    def _fetch(self, numbers: list[int]) -> None:
        """Take the answers that are there.

        Raises:
            one of `LOST`: the connection does not hold.
            UsageError, CourseError, IsolationError: a worker refuses.
        """
        finished = []
        for number in numbers:
            future = self._out[number].future
            if future.status in ("cancelled", "lost"):
                raise Gone
            if future.status == "error":
                self._failed(number, future.exception())
            else:
                finished.append(number)
        if finished:
            found = self._link.gathered([self._out[number].future for number in finished])
            for number, data in zip(finished, found, strict=True):
                sent = self._out.pop(number)
                self._answers.append(self._answer(sent.asked.tag, data))

    def _answer(self, tag: Any, data: bytes) -> Answer[Any]:
        try:
            outcome: Outcome = decoded(data, Outcome)
        except msgspec.MsgspecError as error:
            raise UsageError(
                f"A Dask worker answers in another way than wxb here understands: {error}. "
                "Install the same version there (docs/cluster.md), and run this again."
            ) from None
        match outcome:
            case Refused():
                raise outcome.error()
            case Faulted(worker, text):
                return Answer(tag, fault=f"on the Dask worker {worker}: {text}")
        assert isinstance(outcome, Judged)
        for each in outcome.differs:
            self._differs[f"A Dask worker has {each}."] = None
        return Answer(tag, outcome.results)

    def _failed(self, number: int, error: BaseException) -> None:
        """A task ended in an error of Dask's, or of what is not foreseen."""
        from distributed.scheduler import KilledWorker

        sent = self._out[number]
        if isinstance(error, CancelledError):
            raise Gone
        if isinstance(error, KilledWorker) and sent.tries < _AGAIN:
            sent.tries += 1
            self._send(number)
            return
        del self._out[number]
        if isinstance(error, KilledWorker):
            fault = "the Dask workers that were to judge it ended, again and again"
            self._answers.append(Answer(sent.asked.tag, fault=fault))
        elif isinstance(error, (ImportError, AttributeError)) or "deserializ" in str(error):
            raise UsageError(
                f"The Dask scheduler at {self._address} or a worker cannot load wxb as it is here "
                f"({short(error)}). Nothing more was marked. Install the same version there "
                "(docs/cluster.md), and run this again."
            )
        else:
            fault = f"on a Dask worker: {short(error)}"
            self._answers.append(Answer(sent.asked.tag, fault=fault))

    def _end_waiting(self) -> None:
        """Take back what no worker has been given."""
        self._has_stopped = True
        given = self._link.given()
        mine = [number for number, sent in self._out.items() if not sent.future.done()]
        self._drop([number for number in mine if self._out[number].future.key not in given])

    def _drop(self, numbers: list[int]) -> None:
        """Answer hand-ins as stopped."""
        for number in numbers:
            sent = self._out.pop(number)
            self._answers.append(Answer(sent.asked.tag))
            if self._link.is_open and sent.future is not None:
                sent.future.cancel()
