"""Judges on a real Dask scheduler: the same gradebook, whatever happens to it on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.classroom.batch import Batch
from grader.classroom.batched import Batched, Tally
from grader.classroom.cluster import connection, remote
from grader.classroom.cluster.connection import Patience
from grader.classroom.cluster.parcel import Equipment
from grader.classroom.cluster.remote import ClusterJudges
from grader.classroom.judges import Setup
from grader.classroom.plan import Options, Stop
from grader.errors import UsageError
from support import needs
from support.batching import CRASH, DOUBLE, HALF, LOOP, WRONG, Room
from support.clusters import Cluster, bases, contents, wait_until
from support.files import replaced

pytestmark = [needs.linux, pytest.mark.filterwarnings("ignore::ResourceWarning")]
pytest.importorskip("distributed")

#: What happens in a class: right, wrong, as another one, a crash, nothing; and no end.
CLASS = {
    "ann": {"double.py": DOUBLE, "half.py": HALF},
    "ben": {"double.py": WRONG, "half.py": HALF},
    "cid": {"double.py": DOUBLE, "half.py": CRASH},
    "eve": {"other.py": "x = 1\n"},
}
LUCK = {**CLASS, "dot": {"double.py": LOOP}}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers that no test harms."""
    yield from _cluster(tmp_path_factory.mktemp("dask"), signal.SIGKILL)


@pytest.fixture
def frail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Such a cluster for a test alone."""
    yield from _cluster(tmp_path_factory.mktemp("dask"))


def _cluster(folder: Path, end: int = signal.SIGTERM) -> Iterator[Cluster]:
    found = Cluster(folder)
    try:
        yield found
    finally:
        found.close(end)


def run(
    room: Room,
    address: str,
    said: list[str] | None = None,
    patience: Patience = Patience(),  # noqa: B008
    **more: Any,
) -> Batched:
    """A run on a cluster."""

    def judges(setup: Setup) -> ClusterJudges:
        return ClusterJudges(address, setup, (said if said is not None else []).append, patience)

    with room.book() as book:
        options = Options(**more.pop("options", {}))
        return Batch(room.course, room.folder, book, options, judges=judges, **more).run()


def many(count: int) -> dict[str, dict[str, str]]:
    return {f"s{i:02}": {"double.py": f"{DOUBLE}# {i}\n", "half.py": HALF} for i in range(count)}


def rooms(tmp_path: Path, work: Any) -> tuple[Room, Room]:
    """A class twice, in folders of one length: one is judged here, the other one there."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    return Room(tmp_path / "a", work), Room(tmp_path / "b", work)


def is_alike(here: Room, there: Room) -> None:
    """Both gradebooks say the same in every table, but for where the class lies."""
    ours, theirs = contents(here.url), contents(there.url)
    moved = {
        table: sorted(row.replace(str(there.root), str(here.root)) for row in rows)
        for table, rows in theirs.items()
    }
    assert moved == ours
    assert all(ours[table] for table in ("arrival", "grading", "test_result", "verdict"))
    assert there.earned() == here.earned()


@pytest.mark.parametrize("work", [CLASS, pytest.param(LUCK, marks=pytest.mark.long)])
def test_the_gradebook_is_that_of_a_run_on_one_machine(
    tmp_path: Path, cluster: Cluster, work: dict[str, dict[str, str]]
) -> None:
    here, there = rooms(tmp_path, work)
    local, said = here.batch(jobs=2), list[str]()
    remote_ = run(there, cluster.address, said)
    is_alike(here, there)
    assert (remote_.tally, remote_.exercises, remote_.twins) == (
        local.tally, local.exercises, local.twins,
    )  # fmt: skip
    assert sorted(remote_.concerns, key=str) == sorted(local.concerns, key=str)
    kinds = {"crashed", "empty"} | ({"timeout"} if "dot" in work else set())
    assert {concern.kind for concern in remote_.concerns} == kinds
    assert (said, remote_.notes) == ([], local.notes)
    # Nothing of it stays on the workers.
    wait_until(lambda: not cluster.judging() and not cluster.courses())
    again = run(there, cluster.address)
    assert (again.tally.settled, again.tally.judged) == (2, len(work) - 3)


def test_other_libraries_are_refused_where_they_decide_and_named_where_not(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, {"ann": {"double.py": DOUBLE}})
    real = Equipment.here()

    def with_(**libraries: str) -> None:
        ours = msgspec.structs.replace(real, libraries={**real.libraries, **libraries})
        monkeypatch.setattr(Equipment, "here", lambda: ours)

    with_(numpy="0.9")
    here = real.libraries["numpy"]
    words = rf"worker tcp://127\.0\.0\.1:\d+: it has numpy {here} \(here 0\.9\), so marks could"
    with pytest.raises(UsageError, match=words):
        run(room, cluster.address)
    assert room.kept() == []
    with_(pandas="0.1")
    ran = run(room, cluster.address)
    assert (ran.tally.judged, ran.concerns) == (1, ())
    [note] = ran.notes
    assert note.startswith("A Dask worker has pandas ")
    assert "(here 0.1)" in note


def test_suites_that_are_broken_are_told_as_here(tmp_path: Path, cluster: Cluster) -> None:
    room = Room(tmp_path)
    suite = Path(room.course.root) / "tests/hidden/01_a/test_double.py"
    suite.write_text(replaced(suite.read_text("utf-8"), "def test_of_two", "def test_of_too"))
    with pytest.raises(Exception, match="test_double") as here:
        room.batch()
    with pytest.raises(type(here.value)) as there:
        run(room, cluster.address)
    told = str(there.value).splitlines()
    assert [line.rpartition("tests/hidden")[2] for line in told] == [
        line.rpartition("tests/hidden")[2] for line in str(here.value).splitlines()
    ]
    assert room.kept() == []


@pytest.mark.long
def test_ctrl_c_ends_after_what_is_in_hand(tmp_path: Path, cluster: Cluster) -> None:
    # Nothing in one hand-in is as in another: none is kept until another one is judged.
    alone = {s: {f: f"{text}# {s}\n" for f, text in w.items()} for s, w in many(12).items()}
    room, stop = Room(tmp_path, alone), Stop()
    ran = run(room, cluster.address, stop=stop, heard=lambda tally: stop.ask())
    assert ran.interrupted
    assert 1 <= ran.tally.done <= 6
    assert len(room.kept()) == 2 * ran.tally.done
    assert run(room, cluster.address).tally.done == 12
    assert {row[2:] for row in room.kept()} == {("passed", 1)}


def test_where_no_scheduler_is_nothing_is_marked(tmp_path: Path) -> None:
    room = Room(tmp_path)
    for address in ("tcp://127.0.0.1:9", "nowhere", "tls://127.0.0.1:9"):
        with pytest.raises(UsageError, match=rf"No Dask scheduler answers at {address} .*dask sch"):
            run(room, address, patience=Patience(first=0.5))
    assert room.kept() == []


def test_a_missing_dask_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"^--dask needs .*: python -m pip install 'wxb\[dask\]'$"):
        run(Room(tmp_path), "tcp://127.0.0.1:9")


def test_a_fault_on_a_worker_is_a_fault_of_that_hand_in(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "encoded", lambda order: b"\x00")
    with pytest.raises(UsageError, match="another version of wxb"):
        run(Room(tmp_path), cluster.address)


@pytest.mark.long
def test_workers_that_are_killed_cost_nothing_and_double_nothing(
    tmp_path: Path, frail: Cluster
) -> None:
    here, there = rooms(tmp_path, many(16))
    here.batch(jobs=2)
    killed: list[int] = []

    def kill(tally: Tally) -> None:
        if tally.done % 5 == 2 and len(killed) < 3:
            victims = [pid for pid in frail.judging() if pid not in killed]
            for pid in victims[:1]:
                killed.append(pid)
                held.extend(bases(pid))
                os.kill(pid, signal.SIGKILL)

    held: list[int] = []
    ran = run(there, frail.address, heard=kill)
    assert (len(killed), ran.tally.done, ran.concerns) == (3, 16, ())
    is_alike(here, there)
    assert {row[2:] for row in there.kept()} == {("passed", 1)}
    wait_until(lambda: not frail.courses() and not frail.judging())
    assert held


@pytest.mark.long
def test_a_scheduler_that_goes_away_and_comes_back_costs_nothing(
    tmp_path: Path, frail: Cluster
) -> None:
    here, there = rooms(tmp_path, many(12))
    here.batch(jobs=2)
    said: list[str] = []
    restarts: list[threading.Thread] = []

    def restart() -> None:
        wait_until(lambda: said)  # the run has noticed it
        frail.start_scheduler()
        for _ in range(2):
            frail.start_worker()

    def kill(tally: Tally) -> None:
        if tally.done == 3:
            frail.scheduler.kill()
            frail.scheduler.wait()
            restarts.append(threading.Thread(target=restart))
            restarts[0].start()

    ran = run(there, frail.address, said, Patience(gone=60, look=0.2), heard=kill)
    restarts[0].join()
    assert (ran.tally.done, ran.concerns) == (12, ())
    assert "is lost; waiting for it, 60 seconds at most" in said[0]
    assert any(line.startswith("It is back: ") for line in said)
    is_alike(here, there)
    assert {row[2:] for row in there.kept()} == {("passed", 1)}


@pytest.mark.long
def test_a_scheduler_that_stays_away_ends_it_in_a_sentence_and_it_goes_on(
    tmp_path: Path, frail: Cluster
) -> None:
    here, there = rooms(tmp_path, many(12))
    here.batch(jobs=2)

    def kill(tally: Tally) -> None:
        if tally.done == 4:
            frail.scheduler.kill()
            frail.scheduler.wait()

    words = r"did not come back within 1 seconds\. What was judged before is kept: the same command"
    with pytest.raises(UsageError, match=words):
        run(there, frail.address, patience=Patience(gone=1, look=0.2), heard=kill)
    assert 8 <= len(there.kept()) < 24
    frail.start_scheduler()
    frail.start_worker()
    assert run(there, frail.address).tally.done == 12
    is_alike(here, there)


@pytest.mark.long
def test_no_worker_is_waited_for_and_not_for_ever(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, workers=0)
    try:
        room, said = Room(tmp_path, many(2)), list[str]()
        with pytest.raises(UsageError, match="No Dask worker came to "):
            run(room, cluster.address, said, Patience(gone=0.5, look=0.1))
        assert [line.partition("has no worker")[2][:16] for line in said] == ["; waiting for on"]
        starting = threading.Timer(0.5, cluster.start_worker)
        starting.start()
        assert run(room, cluster.address).tally.done == 2
        starting.join()
    finally:
        cluster.close()


@pytest.mark.long
def test_the_command_judges_on_a_cluster_killed_and_again(tmp_path: Path, frail: Cluster) -> None:
    here, there = rooms(tmp_path, many(10))
    here.batch(jobs=2)
    args = ("--dask", frail.address)
    for statement in (40, 70):
        killed = subprocess.run(
            there.command(*args, kill=statement), capture_output=True, text=True, timeout=120
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr
    done = subprocess.run(there.command(*args), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "10 of 10 hand-ins" in done.stdout
    is_alike(here, there)
    frail.scheduler.kill()
    refused = subprocess.run(
        there.command(*args, "--fresh", "--jobs", "2"), capture_output=True, text=True, timeout=120
    )
    assert (refused.returncode, "--jobs is for the processors" in refused.stderr) == (2, True)
