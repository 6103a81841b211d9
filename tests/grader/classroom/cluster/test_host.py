"""What a worker of a cluster does, without a cluster: one course, one base, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.classroom.cluster import host
from grader.classroom.cluster.host import Hosts, Place, outcome
from grader.classroom.cluster.parcel import (
    Equipment,
    Faulted,
    Judged,
    Kit,
    Order,
    Outcome,
    Refused,
    kit_for,
    packed,
)
from grader.classroom.judges import Setup
from grader.classroom.plan import Options, Stop
from grader.course.outline import Course
from grader.errors import IsolationError
from grader.grading.engine import Grader
from grader.handin.submission import Submission
from support import needs, processes
from support.batching import DOUBLE
from support.clusters import bases, wait_until
from support.courses import double

pytestmark = needs.linux

LOOKS = """
def double(x):
    import os
    for folder, _, names in os.walk({folder!r}):
        raise ValueError(f"there is {{folder}}")
    return 2 * x
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "worker").mkdir()
    return Place("tcp://w:1", tmp_path / "worker", 2)


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    found = Hosts()
    yield found
    found.forget()


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    course = Course.load(double.write(tmp_path / "course"))
    return kit_for(Setup(course, (), Options(), (), Stop()))


def ask(hosts: Hosts, kit: Kit, place: Place, text: str = DOUBLE) -> Outcome:
    digest, data = packed(kit)
    submission = Submission.from_sources({"double.py": text})
    return outcome(data, Order(digest, submission, ("double",)), place, hosts)


def unpacked(place: Place) -> list[Path]:
    return list(place.folder.glob("wxb-course-*"))


def ours() -> list[int]:
    return bases(os.getpid())


@needs.lock
def test_one_base_serves_a_course_and_goes_with_it(
    hosts: Hosts, kit: Kit, place: Place, without_torch: None
) -> None:
    before = set(ours())
    told = ask(hosts, kit, place)
    assert isinstance(told, Judged)
    assert [(each.id, each.outcome) for each in told.results] == [("double", "passed")]
    assert told.results[0].suite == kit.suites["double"]
    [base], [folder] = set(ours()) - before, unpacked(place)
    assert folder.stat().st_mode & 0o777 == 0o700
    # Student code sees neither the course nor anything else of the worker's.
    told = ask(hosts, kit, place, LOOKS.format(folder=str(place.folder)))
    assert isinstance(told, Judged)
    assert told.results[0].outcome == "passed", told.results[0]
    assert (set(ours()) - before, unpacked(place)) == ({base}, [folder])
    # Another course takes its place.
    assert isinstance(ask(hosts, msgspec.structs.replace(kit, torch=False), place), Judged)
    [other], [new] = set(ours()) - before, unpacked(place)
    assert other != base
    assert new != folder
    hosts.forget("another")
    assert unpacked(place) == [new]
    hosts.forget(packed(msgspec.structs.replace(kit, torch=False))[0])
    assert (set(ours()) - before, unpacked(place)) == (set(), [])
    processes.wait_until_gone(base, other)


@needs.lock
def test_a_course_that_nobody_asks_for_is_removed(
    hosts: Hosts, kit: Kit, place: Place, monkeypatch: pytest.MonkeyPatch, without_torch: None
) -> None:
    before = set(ours())
    monkeypatch.setattr(host, "_IDLE", 0.05)
    assert isinstance(ask(hosts, kit, place), Judged)
    wait_until(lambda: not unpacked(place) and set(ours()) == before)
    assert isinstance(ask(hosts, kit, place), Judged)


def test_what_cannot_be_judged_is_refused_and_leaves_nothing(
    hosts: Hosts, kit: Kit, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = msgspec.structs.replace(Equipment.here(), wxb="0.0.9")
    told = ask(hosts, msgspec.structs.replace(kit, equipment=old), place)
    assert isinstance(told, Refused)
    assert "(here 0.0.9), so marks could differ" in told.text
    assert unpacked(place) == []
    lost = msgspec.structs.replace(kit, suites={"double": "0" * 64})
    told = ask(hosts, lost, place)
    assert isinstance(told, Faulted)
    assert told.text == "the course did not arrive whole"
    assert unpacked(place) == []
    told = outcome(b"?", Order("0", Submission.from_sources({}), ()), place, hosts)
    assert isinstance(told, Faulted)


def test_a_worker_without_the_lock_refuses(
    hosts: Hosts, kit: Kit, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(self: Grader, *_: Any, **__: Any) -> None:
        raise IsolationError("The lock around student code cannot be had here: no Landlock.")

    monkeypatch.setattr(Grader, "grade", lacking)
    told = ask(hosts, kit, place)
    assert isinstance(told, Refused)
    assert str(told.error()).startswith("On the Dask worker tcp://w:1: The lock around student")


_OWNER = """
import sys
from pathlib import Path
from grader.classroom.cluster import host
folder = host._Folder(Path(sys.argv[1]))
(folder.path / "solutions").mkdir()
(folder.path / "solutions" / "a.py").write_text("secret")
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, None])
def test_a_course_is_removed_however_the_worker_ends(tmp_path: Path, how: int | None) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", _OWNER, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with owner:
        assert owner.stdout is not None
        folder = Path(owner.stdout.readline().strip())
        assert (folder / "solutions/a.py").exists()
        started = processes.below(owner.pid)
        if how is not None:
            owner.send_signal(how)
    assert len(started) == 1
    processes.wait_until_gone(*started)
    assert list(tmp_path.iterdir()) == []
