"""A run's row says how far it is while it goes on, what ended it, and when it was last heard of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.classroom.batched import Concern, Tally
from grader.classroom.gradebook import runs as runs_module
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.runs import SILENT, Recorded
from grader.errors import UsageError
from support.clusters import wait_until

Open = Callable[..., Gradebook]
NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_another_program_sees_how_far_it_is(
    open_book: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_module, "_OFTEN", 0.001)
    with open_book() as book, open_book() as other:
        with book.runs.begin("apply", "me", [tmp_path / "a", tmp_path / "b"]) as record:
            [entry] = other.runs.all()
            assert (entry.kind, entry.who, entry.tally.total) == ("apply", "me", 0)
            assert entry.folders == (str(tmp_path / "a"), str(tmp_path / "b"))
            record.heard(Tally(4, judged=3, settled=1, concerns=2))
            record.next()  # the second class
            record.heard(Tally(6, judged=1))
            for kind in ("timeout", "unread", "timeout"):
                record.told(Concern("jane", "a/jane", kind, "Jane's file"))  # type: ignore[arg-type]
            wait_until(lambda: other.runs.find(record.number).concerns.get("timeout") == 2)
            entry = other.runs.find(record.number)
            assert entry.tally == Tally(10, judged=4, settled=1, concerns=2)
            assert entry.state(other.runs.now()) == "going"
            assert "ane" not in repr(entry)  # nobody is named
        entry = other.runs.find(record.number)
        assert entry.ended is not None
        assert entry.state(other.runs.now()) == "stopped"  # five of ten


@pytest.mark.parametrize(
    ("error", "state", "fault"),
    [
        (UsageError("It broke."), "failed", "It broke."),
        (OSError("gone"), "failed", "A fault of the grader's own: OSError: gone"),
        (KeyboardInterrupt(), "stopped", ""),
    ],
)
def test_what_ended_it_is_kept(
    book: Gradebook, error: BaseException, state: str, fault: str, tmp_path: Path
) -> None:
    record = book.runs.begin("batch", "me", [tmp_path])

    def broken() -> None:
        with record:
            record.heard(Tally(2, judged=1))
            raise error

    with pytest.raises(type(error)):
        broken()
    entry = book.runs.find(record.number)
    assert (entry.state(book.runs.now()), entry.fault) == (state, fault)


def test_one_that_was_killed_does_not_look_alive(book: Gradebook, tmp_path: Path) -> None:
    book.runs.now = lambda: NOW
    record = book.runs.begin("batch", "me", [tmp_path])  # and never ended, as by SIGKILL
    entry = book.runs.find(record.number)
    assert entry.state(NOW + SILENT) == "going"
    assert entry.state(NOW + SILENT + SECOND) == "silent"


def test_a_silent_run_says_that_it_lives(
    book: Gradebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_module, "_OFTEN", 0.001)
    monkeypatch.setattr(runs_module, "_BEAT", 0.0)
    with book.runs.begin("batch", "me", [tmp_path]) as record:
        wait_until(lambda: book.runs.find(record.number).moved > record.entry.begun)


def test_what_cannot_be_written_stops_no_run(
    book: Gradebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, entry: Recorded) -> None:
        raise OSError("no room")

    with book.runs.begin("batch", "me", [tmp_path]) as record:
        monkeypatch.setattr(runs_module.Runs, "write", broken)
        record.heard(Tally(1, judged=1))
    assert record.entry.tally.done == 1


def test_one_that_goes_on_is_kept_however_many_begin_after_it(
    book: Gradebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_module, "_KEPT", 3)
    book.runs.now = lambda: NOW - timedelta(days=2)
    killed = book.runs.begin("batch", "me", [tmp_path])
    book.runs.now = lambda: NOW
    long = book.runs.begin("batch", "me", [tmp_path])
    for _ in range(5):
        with book.runs.begin("batch", "me", [tmp_path]):
            pass
    assert book.runs.find(long.number).ended is None
    with pytest.raises(KeyError):
        book.runs.find(killed.number)


def test_clocks_that_differ_make_no_run_silent(
    open_book: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server, its own clock is everybody's."""
    book = open_book()
    if book.where.startswith("postgresql"):
        monkeypatch.setattr(runs_module, "_ours", lambda: datetime.now(UTC) - timedelta(hours=3))
    record = book.runs.begin("batch", "me", [tmp_path])
    monkeypatch.undo()
    other = open_book()
    assert other.runs.find(record.number).state(other.runs.now()) == "going"


def test_a_clock_that_is_put_back_stops_no_beat_and_tells_no_end(
    book: Gradebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_module, "_OFTEN", 0.001)
    monkeypatch.setattr(runs_module, "_BEAT", 0.0)
    with book.runs.begin("batch", "me", [tmp_path]) as record:
        record.heard(Tally(10, judged=2))
        hour_ago = record.entry.begun - timedelta(hours=1)
        book.runs.now = lambda: hour_ago
        wait_until(lambda: book.runs.find(record.number).moved == hour_ago)
        assert book.runs.find(record.number).left() is None


def test_only_the_newest_are_kept(
    book: Gradebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_module, "_KEPT", 5)
    monkeypatch.setattr(runs_module, "_OFTEN", 60.0)
    numbers = []
    for _ in range(7):
        with book.runs.begin("batch", "me", [tmp_path]) as record:
            numbers.append(record.number)
    assert [each.id for each in book.runs.all()] == numbers[:1:-1]
    with pytest.raises(KeyError):
        book.runs.find(numbers[0])


@pytest.mark.parametrize(
    ("tally", "left"),
    [
        (Tally(10, judged=2, reused=2, settled=2), 10 * SECOND),  # 2.5 s each, 4 are left
        (Tally(10, settled=9), None),  # nothing tells how long one takes
        (Tally(4, judged=4), None),
        (Tally(0), None),
    ],
)
def test_how_long_it_takes_yet(tally: Tally, left: timedelta | None) -> None:
    entry = Recorded(
        id=1, kind="batch", who="", host="", folders=(), begun=NOW, moved=NOW + 10 * SECOND,
        tally=tally,
    )  # fmt: skip
    assert entry.left() == left
