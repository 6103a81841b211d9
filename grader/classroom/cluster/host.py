"""On a worker of a cluster: a course in a folder of its own, a warm base, judges for its threads.

The worker's process holds a `Grader`, a caller like any other: suites run in judges, student code
in locked workers, which are processes of their own. They end when the worker does, in whichever
way: the base sees its socket close. The folder goes with it, too: a small process waits for the
worker's end and removes it, also where the worker was killed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from grader.classroom.cluster.parcel import (
    Equipment,
    Faulted,
    Judged,
    Kit,
    Order,
    Outcome,
    differences,
    opened,
    refused,
    unpack,
)
from grader.classroom.plan import check_loaded
from grader.course.digest import exercise_digests
from grader.errors import CourseError, GraderFault, IsolationError, UsageError
from grader.grading.engine import Grader
from grader.grading.talk import decoded, encoded

__all__ = ["Hosts", "Place", "forget", "hold", "judge"]

#: Seconds without a hand-in after which a course is removed: whoever sent it may have been killed.
_IDLE = 600.0
#: What is said of a kit or an order that cannot be read.
_OTHER = "what was sent cannot be read, so it has another version of wxb"
#: Other differences of a worker's equipment that are named.
_TOLD = 5
#: Waits for the end of its input, which is the end of whoever started it; then removes a folder.
_JANITOR = "import shutil, sys; sys.stdin.buffer.read(); shutil.rmtree(sys.argv[1], True)"


class Place(msgspec.Struct, frozen=True):
    """Where a worker is.

    Args:
        name: its address, for people.
        folder: where it may write.
        threads: how many hand-ins it is given at a time.
    """

    name: str
    folder: Path
    threads: int


class _Folder:
    """A private folder that is removed when it is closed, or when this process ends."""

    def __init__(self, inside: Path) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="wxb-course-", dir=inside))
        self._janitor = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _JANITOR, str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    def close(self) -> None:
        assert self._janitor.stdin is not None
        self._janitor.stdin.close()
        self._janitor.wait()
        shutil.rmtree(self.path, ignore_errors=True)  # in case that somebody ended it


class _Host:
    """One course on this worker, checked to be what was sent.

    Raises:
        UsageError: this machine judges with other means than the caller.
        GraderFault, OSError: the course cannot be unpacked, or is not what it was.
    """

    def __init__(self, kit: Kit, place: Place) -> None:
        wrong, told = differences(kit.equipment, Equipment.here(), kit.torch)
        if wrong:
            raise UsageError(
                f"it has {', '.join(wrong)}, so marks could differ from a run on one machine. "
                "Nothing was marked by it. Install the same there as here "
                "(docs/cluster.md), and run this again."
            )
        self.differs = tuple(told[:_TOLD])
        if len(told) > _TOLD:
            self.differs += (f"{len(told) - _TOLD:,} more",)
        self.torch = kit.torch
        self._folder = _Folder(place.folder)
        try:
            unpack(kit.files, self._folder.path)
            course = msgspec.structs.replace(kit.course, root=str(self._folder.path))
            digests = exercise_digests(course)
            if any(digests[name] != suite for name, suite in kit.suites.items()):
                raise GraderFault("the course did not arrive whole")
        except BaseException:
            self._folder.close()
            raise
        self.grader = Grader(
            course,
            exercises=kit.exercises,
            isolation=kit.isolation,
            protected=[place.folder],
            jobs=place.threads,
            torch=kit.torch,
            alone=False,
        )
        self.users = 0
        self.is_wanted = True

    def close(self) -> None:
        self.grader.close()
        self._folder.close()


class Hosts:
    """The courses of one worker: the one that was asked for last, others until they are done."""

    def __init__(self) -> None:
        self._change = threading.Lock()
        self._hosts: dict[str, _Host] = {}
        self._timer: threading.Timer | None = None

    @contextmanager
    def use(self, digest: str, data: bytes, place: Place) -> Iterator[_Host]:
        """The course of a kit, unpacked if it is not there.

        Raises:
            UsageError, GraderFault, OSError: as `_Host`.
        """
        with self._change:
            self._wind(None)
            self._end_others(digest)
            host = self._hosts.get(digest)
            if host is None:
                host = self._hosts[digest] = _Host(opened(data, digest), place)
            host.users += 1
        try:
            yield host
        finally:
            with self._change:
                host.users -= 1
                self._end_unwanted()
                if not any(each.users for each in self._hosts.values()):
                    self._wind(_IDLE)

    def forget(self, digest: str | None = None) -> None:
        """End what belongs to a course, or to any, once it is no longer in use."""
        with self._change:
            for name, host in self._hosts.items():
                if digest in (None, name):
                    host.is_wanted = False
            self._end_unwanted()

    def _end_others(self, digest: str) -> None:
        for name, host in self._hosts.items():
            host.is_wanted = name == digest
        self._end_unwanted()

    def _end_unwanted(self) -> None:
        for name, host in list(self._hosts.items()):
            if not host.users and not host.is_wanted:
                del self._hosts[name]
                host.close()

    def _wind(self, seconds: float | None) -> None:
        """Set the clock after which all is forgotten, or stop it."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if seconds is not None and self._hosts:
            self._timer = threading.Timer(seconds, self._idle)
            self._timer.daemon = True
            self._timer.start()

    def _idle(self) -> None:
        with self._change:
            if not any(host.users for host in self._hosts.values()):
                for host in self._hosts.values():
                    host.is_wanted = False
                self._end_unwanted()


#: Of this process.
_HOSTS = Hosts()


def hold(kit: bytes) -> bytes:
    """A task: keep a kit for the tasks that need it; Dask hands it on to other workers."""
    return kit


def judge(kit: bytes, order: bytes) -> bytes:
    """A task: judge one hand-in.

    Args:
        kit: what `packed` made of a `Kit`.
        order: an `Order`.

    Returns:
        an `Outcome`.
    """
    place = _place()
    try:
        asked = decoded(order, Order)
    except msgspec.MsgspecError as error:
        return encoded(refused(place.name, UsageError(f"{_OTHER}: {error}")))
    return encoded(outcome(kit, asked, place, _HOSTS))


def forget(digest: str) -> None:
    """In each worker's event loop: a run is over, its course is wanted no longer."""
    # Ending a base may take seconds, for which the worker must go on answering.
    threading.Thread(target=_HOSTS.forget, args=(digest,), daemon=True).start()


def outcome(kit: bytes, order: Order, place: Place, hosts: Hosts) -> Outcome:
    """What a hand-in comes to; nothing that can be foreseen is raised."""
    try:
        with hosts.use(order.kit, kit, place) as host:
            report = host.grader.grade(order.submission, order.exercises)
            if host.torch:
                check_loaded(report.exercises)
            return Judged(place.name, report.exercises, host.differs)
    except msgspec.MsgspecError as error:
        return refused(place.name, UsageError(f"{_OTHER}: {error}"))
    except (UsageError, CourseError, IsolationError) as error:
        return refused(place.name, error)
    except (GraderFault, OSError) as error:
        return Faulted(place.name, str(error))


def _place() -> Place:
    from distributed import get_worker

    worker = get_worker()
    return Place(worker.address, Path(worker.local_directory), worker.state.nthreads)
