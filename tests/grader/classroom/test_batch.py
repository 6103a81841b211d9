"""`grade batch`: judged once, settled at once, whatever ends it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from grader.classroom.batch import Batch
from grader.classroom.batched import Tally
from grader.classroom.judges import Answer, Asked, LocalJudges
from grader.classroom.plan import Options, Stop
from grader.errors import GraderFault, UsageError
from grader.grading.engine import Grader
from grader.handin import read
from grader.report.model import Report
from support import needs, processes
from support.batching import (
    CRASH,
    DOUBLE,
    HALF,
    LOOP,
    PLAIN,
    WRONG,
    Room,
    Work,
    judgings,
    lenient,
    strict,
)
from support.files import replaced

T = TypeVar("T")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_a_run_with_nothing_changed_asks_no_more_of_a_larger_class(room: Room) -> None:
    room.batch()
    few = _statements(room)
    room.add({f"more{n}": PLAIN["ann"] for n in range(8)})
    assert room.batch().tally.reused == 8
    assert _statements(room) == few


def _statements(room: Room) -> int:
    """How many statements of SQL a run takes that finds everything settled."""
    found: list[str] = []

    def note(connection: object, cursor: object, statement: str, *others: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        tally = room.batch().tally
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert tally.settled == tally.total
    return len(found)


def test_each_pair_is_judged_once_also_across_students(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = judgings(monkeypatch)
    run = room.batch(jobs=2)
    assert sorted(name for _, name in judged) == ["double", "double", "half", "half"]
    assert (run.tally.total, run.tally.done, run.concerns) == (4, 4, ())
    assert (run.exercises, run.twins, run.interrupted) == (4, 4, False)
    marks = room.earned()
    assert {key: [float(part) for part in mark.split("/")] for key, mark in marks.items()} == {
        "ann": [4, 4], "ben": [1.5, 4], "cid": [4, 4], "dot": [0, 4],
    }  # fmt: skip
    with room.book() as book:
        assert sum(verdict.reused for verdict in book.verdicts()) == 4
        assert ("collected", room.folder.resolve()) in book.places()


def test_what_is_alike_in_part_keeps_nobody_waiting_for_the_rest(tmp_path: Path) -> None:
    work = {f"s{i}": {"double.py": f"{DOUBLE}# {i}\n", "half.py": HALF} for i in range(4)}
    room = Room(tmp_path, work)
    asked: list[tuple[str, tuple[str, ...]]] = []

    class Noting(LocalJudges):
        def judge(self, given: Iterable[Asked[T]]) -> Iterator[Answer[T]]:
            asked.append(("", ()))  # a new round
            return super().judge(map(self._noted, given))

        def _noted(self, each: Asked[T]) -> Asked[T]:
            asked.append((each.submission.student, each.exercises))
            return each

    with room.book() as book:
        run = Batch(room.course, room.folder, book, Options(jobs=2), judges=Noting).run()
        assert sum(verdict.reused for verdict in book.verdicts()) == 3
    assert asked == [
        ("", ()), ("s0", ("double", "half")), *((f"s{i}", ("double",)) for i in (1, 2, 3)),
    ]  # fmt: skip
    assert (run.exercises, run.twins, run.tally) == (5, 3, Tally(4, judged=4))
    assert set(room.earned().values()) == {room.earned()["s0"]}
    assert len(room.kept()) == 8


def test_what_waits_for_luck_is_judged_itself_and_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = {f"s{i}": {"double.py": LOOP, "half.py": f"{HALF}# {i}\n"} for i in range(3)}
    room = Room(tmp_path, work)
    judged = judgings(monkeypatch)
    run = room.batch(jobs=2)
    assert sorted(judged) == [(f"s{i}", name) for i in range(3) for name in ("double", "half")]
    assert (run.exercises, run.twins, run.tally.judged) == (6, 0, 3)
    assert [concern.kind for concern in run.concerns] == ["timeout"] * 3
    assert len(room.kept()) == 6


def test_what_luck_delays_is_not_judged_again_for_those_who_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = {
        "ann": {"double.py": LOOP, "half.py": f"{HALF}# ann\n"},
        "ben": {"double.py": LOOP, "half.py": HALF},  # waits for ann, whose loop is luck
        "cid": {"double.py": WRONG, "half.py": HALF},  # waits for ben
        "dot": {"double.py": WRONG, "half.py": "def half(x):\n    return 0\n"},  # waits for cid
    }
    room = Room(tmp_path, work)
    judged = judgings(monkeypatch)
    run = room.batch(jobs=2)
    assert sorted(judged) == [
        ("ann", "double"), ("ann", "half"), ("ben", "double"), ("ben", "half"),
        ("cid", "double"), ("dot", "half"),
    ]  # fmt: skip
    assert (run.exercises, run.twins, run.tally) == (6, 2, Tally(4, judged=4, concerns=2))
    assert len(room.kept()) == 8
    with room.book() as book:
        assert len({verdict.grading for verdict in book.verdicts()}) == 6


def test_a_second_run_judges_and_changes_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.batch()
    kept, judged = room.kept(), judgings(monkeypatch)
    started: list[object] = []
    monkeypatch.setattr(Grader, "start", lambda self: started.append(self))
    run = room.batch()
    assert (judged, started) == ([], [])
    assert run.tally == Tally(4, settled=4)
    assert room.kept() == kept


def test_fresh_reuses_nothing_and_doubles_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.batch()
    kept, judged = room.kept(), judgings(monkeypatch)
    run = room.batch(fresh=True)
    assert len(judged) == 8
    assert (run.tally.judged, run.twins) == (4, 0)
    assert room.kept() == kept


def test_what_is_new_is_judged_and_nothing_else(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.batch()
    judged = judgings(monkeypatch)
    room.add({"eve": {"double.py": DOUBLE, "half.py": HALF + "\n# mine\n"}})
    run = room.batch()
    assert judged == [("eve", "half")]
    assert run.tally == Tally(5, judged=1, settled=4)


def test_another_suite_judges_its_exercise_alone(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.batch()
    lenient(room)
    judged = judgings(monkeypatch)
    run = room.batch()
    assert {name for _, name in judged} == {"double"}
    assert len(judged) == 2  # ann's, which is cid's, too, and ben's, which is dot's
    assert [(c.students, c.before, c.after, c.made) for c in run.changes] == [
        (("ben",), 0.0, 1.0, True),
        (("dot",), 0.0, 1.0, True),
    ]
    assert [row[3] for row in room.kept() if row[1] == "double"] == [2, 2, 2, 2]
    with room.book() as book:
        reasons = {v.reason for v in book.verdicts() if v.exercise == "double"}
    assert "judged by a newer suite" in reasons
    assert "judged by a newer suite: double test_of_any: failed, now passed" in reasons


def test_a_batch_lowers_no_mark_that_there_is(room: Room) -> None:
    room.batch()
    before = room.earned()
    strict(room)
    room.add({"eve": {"double.py": DOUBLE}})
    for _ in range(2):
        run = room.batch()
        assert [(c.students, c.before, c.after, c.made) for c in run.changes] == [
            (("ann",), 2.5, 1.0, False),
            (("cid",), 2.5, 1.0, False),
        ]
        assert {key: room.earned()[key] for key in before} == before
        assert room.earned()["eve"].startswith("1")  # who is new is judged by what holds now
    assert run.exercises == 0


def test_a_regrade_tells_first_then_raises_then_lowers(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.batch()
    before, kept = room.earned(), room.kept()
    strict(room)
    lenient(room)
    room.add({"eve": {"double.py": DOUBLE}})
    judged = judgings(monkeypatch)
    told = room.batch(mode="try", again=True)
    assert {name for _, name in judged} == {"double"}
    assert {c.students[0]: (c.before, c.after, c.made) for c in told.changes} == {
        "ann": (2.5, 1.0, False), "ben": (0.0, 1.0, False),
        "cid": (2.5, 1.0, False), "dot": (0.0, 1.0, False),
    }  # fmt: skip
    assert told.changes[0].tests == ("test_of_two: passed, now failed",)
    assert (room.earned(), room.kept()) == (before, kept)
    judged.clear()
    room.batch(mode="raise", again=True)
    assert {key: float(mark.split("/")[0]) for key, mark in room.earned().items()} == {
        "ann": 4, "ben": 2.5, "cid": 4, "dot": 1,
    }  # fmt: skip
    room.batch(mode="lower", again=True)
    assert judged == []
    assert {key: float(mark.split("/")[0]) for key, mark in room.earned().items()} == {
        "ann": 2.5, "ben": 2.5, "cid": 2.5, "dot": 1,
    }  # fmt: skip
    assert {row[3] for row in room.kept() if row[1] == "double"} == {2}
    with room.book() as book:
        reasons = {v.reason for v in book.verdicts() if v.exercise == "double"}
    assert reasons == {
        "regrade: double test_of_two: passed, now failed",
        "regrade: double test_of_any: failed, now passed",
    }
    assert room.batch(mode="lower", again=True).changes == ()


def test_what_was_not_read_or_not_graded_of_a_hand_in_needs_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "NOTEBOOK_LIMIT", 1 << 20)
    lacks = "import nowhere_to_be_found\n\n\ndef half(x):\n    return nowhere_to_be_found.half(x)\n"
    room = Room(tmp_path, {
        "ann": {"double.py": DOUBLE, "half.ipynb": "{not json"},
        "ben": {"double.py": WRONG, "double-1.py": DOUBLE, "half.py": HALF},
        "cid": {"double.py": DOUBLE, "half.py": lacks},
        "dot": {"a/double.py": DOUBLE, "b/double.py": f"# the same\n{DOUBLE}", "half.py": HALF},
        "eve": {"double.py": f"import nowhere_to_be_found\n{DOUBLE}", "half.py": HALF},
        "fay": {"work.ipynb": " " * (1 << 20) + "{}"},
    })  # fmt: skip
    told = {(c.student, c.kind): c.what for c in room.batch().concerns}
    assert set(told) == {
        ("ann", "doubt"), ("ben", "doubt"), ("cid", "missing"), ("fay", "doubt"),
    }  # fmt: skip
    assert told["fay", "doubt"] == "work.ipynb was not read: it is larger than 1024 KiB."
    assert told["ann", "doubt"].startswith("half.ipynb was not read: ")
    assert told["ben", "doubt"] == "double: double.py was graded, not double-1.py."
    assert "nowhere_to_be_found (half.py imports it)" in told["cid", "missing"]


FIRST: Work = {
    "ann": {"double.py": DOUBLE, "half.py": "def half(x):\n    return 0\n"},
    "ben": {"double.py": DOUBLE},
    "cid": {"double.py": DOUBLE, "half.py": HALF},
}
SECOND: Work = {"ann": {"half.py": HALF}, "ben": {"double.py": WRONG}, "cid": {"half.py": CRASH}}


@pytest.mark.parametrize("between", [True, False])
def test_an_earlier_hand_in_counts_for_what_the_last_has_no_work_for(
    tmp_path: Path, between: bool
) -> None:
    """Whether it was judged before the last one came or not."""
    room = Room(tmp_path, FIRST)
    if between:
        room.batch()
    room.add(SECOND, unit="01_a")
    run = room.batch()
    assert (run.tally.done, run.interrupted) == (run.tally.total, False)
    assert {c.student: c.kind for c in run.concerns} == {"cid": "crashed"}
    assert room.earned() == {"ann": "4.0/4.0", "ben": "0/4.0", "cid": "2.5/4.0"}
    kept = room.kept()
    again = room.batch(only=("double",))
    assert (again.exercises, room.kept()) == (0, kept)
    room.add({"dot": {"double.py": DOUBLE}}, unit="01_a")
    assert room.batch(fresh=True).tally.judged >= 4
    assert room.earned()["ann"] == "4.0/4.0"


@pytest.mark.parametrize("between", [True, False])
def test_a_mate_s_hand_in_counts_no_more_for_who_has_own_work(
    tmp_path: Path, between: bool
) -> None:
    """Also where it was judged for both, and another took its place since."""
    roster = tmp_path / "teams.csv"
    roster.write_text("student,name,team\nann,Ann A,red\nben,Ben B,red\n", "utf-8")
    room = Room(tmp_path, {})
    room.add({"ann": {"half.py": HALF}}, unit="01_a", rosters=(roster,))
    if between:
        room.batch()
        assert room.earned() == {"ann": "1.5/4.0", "ben": "1.5/4.0"}
    both = {"double.py": DOUBLE, "half.py": f"{HALF}# 2\n"}
    room.add({"ben": {"double.py": DOUBLE}, "ann": both}, unit="01_a")
    room.batch()
    assert room.earned() == {"ann": "4.0/4.0", "ben": "2.5/4.0"}


@pytest.mark.parametrize("between", [True, False])
def test_an_older_zip_after_a_newer_one_changes_nothing(tmp_path: Path, between: bool) -> None:
    """Also where a hand-in before both has no time."""
    room = Room(tmp_path, {"ann": {"half.py": HALF}})
    for day, body in ((3, DOUBLE), (2, WRONG)):
        times = tmp_path / f"times{day}.csv"
        times.write_text(f"student,time\nann,2027-02-0{day}T10:00:00Z\n", "utf-8")
        room.add({"ann": {"double.py": body}}, unit="01_a", times=times)
        if between:
            room.batch()
    room.batch()
    assert room.earned() == {"ann": "4.0/4.0"}


@pytest.mark.parametrize("between", [True, False])
def test_of_the_earlier_hand_ins_the_newest_with_work_counts(tmp_path: Path, between: bool) -> None:
    """Also where an older one was judged when it was the last."""
    room = Room(tmp_path, {"ann": {"double.py": WRONG, "half.py": HALF}})
    if between:
        room.batch()
    room.add({"ann": {"double.py": DOUBLE, "half.py": HALF}})
    for note in ("# 3\n", "# 4\n"):
        room.add({"ann": {"half.py": HALF + note}}, unit="01_a")
    room.batch()
    assert room.earned() == {"ann": "4.0/4.0"}


def test_an_earlier_hand_in_counts_where_the_last_came_after_the_closing_time(
    tmp_path: Path,
) -> None:
    room = Room(tmp_path, {})
    outline = Path(room.course.file())
    text = outline.read_text("utf-8")
    dates = "title: A\n    due: 2027-02-01T12:00Z\n    closes: 2027-02-03T12:00Z\n"
    outline.write_text(replaced(text, "title: A\n", dates), "utf-8")
    room.reload()
    for day, body in ((1, DOUBLE), (9, WRONG)):
        times = tmp_path / f"times{day}.csv"
        times.write_text(f"student,time\nann,2027-02-0{day}T10:00:00Z\n", "utf-8")
        room.add({"ann": {"double.py": body}}, unit="01_a", times=times)
    run = room.batch()
    assert (run.tally.total, run.concerns) == (2, ())
    assert room.earned() == {"ann": "2.5/4.0"}


@pytest.mark.parametrize("between", [True, False])
def test_what_was_handed_in_again_unchanged_is_not_late_whatever_was_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, between: bool
) -> None:
    room = Room(tmp_path, {})
    outline = Path(room.course.file())
    dates = "title: A\n    due: 2027-02-02T12:00Z\n"
    text = replaced(outline.read_text("utf-8"), "title: A\n", dates)
    outline.write_text(f"{text}late: {{lose: 20%, every: 1d}}\n", "utf-8")
    room.reload()
    for day, body in ((1, WRONG), (2, LOOP), (4, DOUBLE)):
        times = tmp_path / f"times{day}.csv"
        times.write_text(f"student,time\nann,2027-02-0{day}T10:00:00Z\n", "utf-8")
        room.add({"ann": {"double.py": body, "half.py": HALF}}, times=times)
        if between and day == 1:
            room.batch()
    judged = judgings(monkeypatch)
    room.batch()
    assert sorted(judged) == [("ann", "double"), ("ann", "half")][: 1 if between else 2]
    assert room.earned() == {"ann": "3.00/4.0"}  # double lost 40%, and half nothing
    assert room.batch().tally.judged == 0


def test_luck_is_never_reused_and_each_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, {
        "ann": {"double.py": LOOP, "half.py": HALF},
        "ben": {"double.py": LOOP, "half.py": CRASH},
        "cid": {"other.py": "x = 1\n"},
    })  # fmt: skip
    judged = judgings(monkeypatch)
    told: list[tuple[str, str]] = []
    with room.book() as book:
        run = Batch(
            room.course, room.folder, book, Options(jobs=2),
            told=lambda concern: told.append((concern.student, concern.kind)),
        ).run()  # fmt: skip
    assert sorted(told) == [("ann", "timeout"), ("ben", "crashed"), ("cid", "empty")]
    assert [row for row in judged if row[1] == "double" and row[0] != "cid"] != []
    assert {row for row in judged if row[0] != "cid"} == {
        ("ann", "double"), ("ann", "half"), ("ben", "double"), ("ben", "half"),
    }  # fmt: skip
    assert {c.student: c.what for c in run.concerns}["ben"] == "half: crashed; double: timed out."
    kept = room.kept()
    judged.clear()
    again = room.batch()
    assert sorted(judged) == [("ann", "double"), ("ben", "double"), ("ben", "half")]
    assert {c.kind for c in again.concerns} == {"timeout", "crashed", "empty"}
    assert room.kept() == kept


def test_luck_lowers_no_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine on the second run takes nothing away that was earned on the first."""
    once = "def double(x):\n    while x != 2.0:\n        pass\n    return 4.0\n"
    room = Room(tmp_path, {"ann": {"double.py": once}})
    room.batch()
    before = room.earned()
    assert before["ann"].startswith("1.5")
    grade = Grader.grade

    def slower(self: Grader, *args: Any, **options: Any) -> Report:
        import msgspec

        report = grade(self, *args, **options)
        tests = [msgspec.structs.replace(t, outcome="timeout") for t in report.exercises[0].tests]
        result = msgspec.structs.replace(report.exercises[0], tests=tuple(tests))
        return msgspec.structs.replace(report, exercises=(result, *report.exercises[1:]))

    monkeypatch.setattr(Grader, "grade", slower)
    assert room.batch().tally.judged == 1
    assert room.earned() == before


def _faulty(monkeypatch: pytest.MonkeyPatch, is_faulty: Callable[[str], bool]) -> None:
    grade = Grader.grade

    def maybe(self: Grader, submission: Any, *args: Any, **options: Any) -> Report:
        if is_faulty(submission.student):
            raise GraderFault("the judge did not answer in time")
        return grade(self, submission, *args, **options)

    monkeypatch.setattr(Grader, "grade", maybe)


def test_a_fault_of_the_grader_s_own_stores_no_mark_and_costs_no_twin(room: Room) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _faulty(patch, lambda student: student == "ann")
        run = room.batch()
    assert [(c.student, c.kind) for c in run.concerns] == [("ann", "grader_fault")]
    assert run.tally.unmarked == 1
    assert {row[0] for row in room.kept()} == {"ben", "cid", "dot"}
    assert room.batch().concerns == ()
    assert {row[0] for row in room.kept()} == {"ann", "ben", "cid", "dot"}


def test_faults_in_a_row_are_the_machine_s(tmp_path: Path) -> None:
    work = {f"s{i}": {"double.py": f"{DOUBLE}# {i}\n"} for i in range(9)}
    room = Room(tmp_path, work)
    with pytest.MonkeyPatch.context() as patch:
        _faulty(patch, lambda student: True)
        with pytest.raises(GraderFault, match="5 hand-ins in a row could not be judged"):
            room.batch()
    assert room.batch().tally.done == 9


def test_only_some_exercises(room: Room) -> None:
    room.batch(only=("half",))
    assert {row[1] for row in room.kept()} == {"half"}
    run = room.batch()
    assert run.exercises == 2
    assert len(room.kept()) == 8


def test_a_stop_ends_it_after_what_is_in_hand(room: Room) -> None:
    stop = Stop()
    with room.book() as book, pytest.MonkeyPatch.context() as patch:
        _faulty(patch, lambda student: bool(stop.ask()))
        run = Batch(room.course, room.folder, book, Options(jobs=1), stop=stop).run()
    assert (run.interrupted, run.tally.done) == (True, 1)
    assert len({row[0] for row in room.kept()}) == 1
    assert not room.batch().interrupted
    assert len(room.kept()) == 8


def test_files_that_are_gone_and_units_that_are_not_there_cost_nobody_else(room: Room) -> None:
    shutil.rmtree(room.folder / "work/ann/0001/files")
    file = room.folder / "work/ben/0001/attempt.json"
    file.write_text(replaced(file.read_text("utf-8"), '"unit": "01_a"', '"unit": "99_x"'), "utf-8")
    run = room.batch()
    assert {c.student: c.kind for c in run.concerns} == {"ann": "unread", "ben": "unit"}
    assert run.tally.unmarked == 2
    assert {row[0] for row in room.kept()} == {"cid", "dot"}


def _with_torch(room: Room) -> None:
    """One test of `half` needs PyTorch."""
    suite = Path(room.course.root) / "tests/hidden/01_a/test_half.py"
    text = suite.read_text("utf-8")
    suite.write_text(text + '\n\ndef test_torch(student, torch):\n    """So does a tensor."""\n'
                     "    assert student.half(torch.ones(2)).shape == (2,)\n", "utf-8")  # fmt: skip
    outline = Path(room.course.root) / "course.yaml"
    outline.write_text(
        replaced(outline.read_text("utf-8"), "test_of_two: 1, test_of_any: 0.5",
                 "test_of_two: 1, test_of_any: 0.5, test_torch: 1"), "utf-8"
    )  # fmt: skip
    room.reload()


def test_nothing_is_marked_where_a_library_of_the_suites_is_missing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_torch(room)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"judged with it: half\. Nothing was marked"):
        room.batch()
    assert room.kept() == []
    assert room.batch(only=("double",)).concerns == ()
    assert room.batch(torch=False).untried == ("torch",)
    assert room.batch(torch=False).tally == Tally(4, settled=4)
    assert float(room.earned()["ann"].split("/")[1]) == 4.0  # its point counts for nobody


def test_nothing_is_marked_where_the_library_cannot_be_loaded(
    room: Room, monkeypatch: pytest.MonkeyPatch, without_torch: None
) -> None:
    _with_torch(room)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    with pytest.raises(UsageError, match="installed here and cannot be loaded, and half is judged"):
        room.batch()
    assert room.kept() == []


def test_a_hand_in_that_came_later_counts(room: Room) -> None:
    room.batch()
    room.add({"dot": {"double.py": DOUBLE, "half.py": HALF}})
    room.batch()
    assert float(room.earned()["dot"].split("/")[0]) == 4.0


def test_who_is_in_no_roster_of_another_class_stays(room: Room) -> None:
    room.batch()
    folder, room.folder = room.folder, room.root / "hw2"
    room.add({"fay": {"double.py": WRONG}})
    room.batch()
    room.folder = folder
    assert set(room.earned()) == {*PLAIN, "fay"}


def test_what_is_no_class_is_told_what_to_type(tmp_path: Path, room: Room) -> None:
    room.folder = tmp_path / "in0"
    with pytest.raises(UsageError, match=r"grade collect .*in0 --into hw/, then: grade batch hw/"):
        room.batch()


def _killed_often(tmp_path: Path, times: int) -> None:
    """Killed before any statement of SQL, again and again; then all is as if it never had been."""
    work = {
        f"s{i:02d}": {"double.py": f"{(DOUBLE, WRONG)[i % 2]}# {i // 2}\n", "half.py": HALF}
        for i in range(8)
    }
    (tmp_path / "a").mkdir()
    whole, room = Room(tmp_path / "a", work), Room(tmp_path, work)
    whole.batch()
    random_ = random.Random(times)
    seen = 0
    for _ in range(times):
        ran = subprocess.run(
            room.command(kill=random_.randrange(1, 90)), capture_output=True, timeout=120
        )
        assert ran.returncode in (0, -signal.SIGKILL), ran.stderr
        now = len(room.kept())
        assert now >= seen
        assert now % 2 == 0  # a hand-in's exercises are settled together
        seen = now
    ran = subprocess.run(room.command(), capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert room.kept() == whole.kept()
    assert room.earned() == whole.earned()
    for each in (room, whole):
        with each.book() as book:
            gradings = {verdict.grading for verdict in book.verdicts()}
            assert len(gradings) == 9
            assert len(book.submissions()) == 8


def test_killed_at_random_it_goes_on_where_it_was(tmp_path: Path) -> None:
    _killed_often(tmp_path, 4)


@pytest.mark.long
def test_killed_fifty_times_it_goes_on_where_it_was(tmp_path: Path) -> None:
    _killed_often(tmp_path, 50)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("generation", [1, 2, 3])
def test_a_base_a_judge_a_zygote_that_is_killed_loses_nothing(
    tmp_path: Path, generation: int
) -> None:
    """Whatever of them ends between two hand-ins, the next one finds others."""
    room = Room(tmp_path, {f"s{i}": {"double.py": f"{DOUBLE}# {i}\n"} for i in range(5)})
    others = processes.below(os.getpid())
    killed: list[int] = []

    def kill(tally: Tally) -> None:
        for pid, depth in processes.below(os.getpid()).items():
            if depth == generation and pid not in others and tally.done < 4:
                killed.append(pid)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    with room.book() as book:
        run = Batch(room.course, room.folder, book, Options(), heard=kill).run()
    assert killed
    assert run.tally.done == 5
    assert {c.kind for c in run.concerns} <= {"crashed", "grader_fault"}  # a worker, on a slow day
    assert room.batch().concerns == ()
    slow = {c.student for c in run.concerns if c.kind == "crashed"}  # was judged again
    for student, exercise, outcome, count in room.kept():
        if exercise == "double":
            assert (outcome, count) == ("passed", 2 if student in slow else 1)
    assert len(room.kept()) == 10


@needs.linux
def test_workers_that_are_killed_while_they_answer_lose_nothing(tmp_path: Path) -> None:
    """Whoever runs student code may be killed at any moment: the next run mends what it cost."""
    room = Room(tmp_path, {f"s{i}": {"double.py": f"{DOUBLE}# {i}\n"} for i in range(6)})
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while not over.is_set() and len(killed) < 6:
            for pid, depth in processes.below(os.getpid()).items():
                if depth == 3 and pid not in killed:
                    killed.append(pid)
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)

    hunter = threading.Thread(target=kill)
    hunter.start()
    try:
        run = room.batch()
    finally:
        over.set()
        hunter.join()
    assert killed
    assert (run.tally.done, run.interrupted) == (6, False)
    assert {concern.kind for concern in run.concerns} <= {"crashed", "grader_fault"}
    again = room.batch()
    assert (again.tally.done, again.concerns) == (6, ())
    assert {row[2] for row in room.kept() if row[1] == "double"} == {"passed"}
    assert all(row[3] <= 2 for row in room.kept())
    assert room.earned() == {f"s{i}": "2.5/4.0" for i in range(6)}
    assert room.batch().tally.settled == 6
    with room.book() as book:
        assert len(book.submissions()) == 6


@needs.linux
@pytest.mark.parametrize("whom", ["group", pytest.param("all", marks=pytest.mark.long)])
def test_the_whole_group_killed_and_again_it_goes_on(tmp_path: Path, whom: str) -> None:
    """The command and all that it started, at once, in mid-run; then the same command again."""
    work = {f"s{i}": {"double.py": f"{DOUBLE}# {i}\n", "half.py": HALF} for i in range(6)}
    room = Room(tmp_path, work)
    seen = len(room.kept())
    grew = killed = 0
    for statement in (58, 66, 56, 52):
        ran = subprocess.run(
            room.command("--jobs", "2", kill=statement, whom=whom),
            capture_output=True, text=True, timeout=120, start_new_session=True,
        )  # fmt: skip
        assert ran.returncode == -signal.SIGKILL, ran.stderr
        family = [int(line) for line in ran.stdout.split() if line.isdigit()]
        killed = max(killed, len(family))
        processes.wait_until_gone(*family)
        now = len(room.kept())
        assert now >= seen
        assert now % 2 == 0
        grew += now > seen
        seen = now
    assert (grew > 0, killed > 3, seen < 12) == (True, True, True), (grew, killed, seen)
    ran = subprocess.run(room.command(), capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert {row[2:] for row in room.kept()} == {("passed", 1)}
    assert len(room.kept()) == 12
    with room.book() as book:
        assert len(book.submissions()) == 6
        assert len({verdict.grading for verdict in book.verdicts()}) == 7


@pytest.mark.parametrize("pages", [0, 1])
def test_a_full_disk_ends_it_in_a_sentence_and_loses_nothing(room: Room, pages: int) -> None:
    room.batch(only=("half",))
    before = room.kept()
    room.add({f"t{i}": {"double.py": f"{DOUBLE}# {i}\n"} for i in range(6)})
    with sqlite3.connect(room.url) as direct:
        used = direct.execute("PRAGMA page_count").fetchone()[0]
        blank = direct.execute("PRAGMA freelist_count").fetchone()[0]
    direct.close()

    def cramped(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={used - blank + pages}")

    event.listen(Engine, "connect", cramped)
    try:
        with pytest.raises(UsageError, match=r"its disk is full\. What was written before is safe"):
            room.batch()
    finally:
        event.remove(Engine, "connect", cramped)
    assert set(before) <= set(room.kept())
    run = room.batch()
    assert (run.concerns, run.interrupted) == ((), False)
    assert all(row[3] == 1 for row in room.kept())
    assert len(room.kept()) == 2 * run.tally.total


def test_a_test_that_fails_by_itself_stores_no_mark_for_its_exercise(room: Room) -> None:
    suite = Path(room.course.root) / "tests/hidden/01_a/test_double.py"
    old, new = "assert_close(student.double(2.0), 4.0)", "assert 1 / 0"
    suite.write_text(replaced(suite.read_text("utf-8"), old, new), "utf-8")
    run = room.batch()
    assert {c.kind for c in run.concerns} == {"grader_fault"}
    assert len(run.concerns) == 4
    assert {row[1] for row in room.kept()} == {"half"}


def test_whose_it_is_not_known_is_told_and_not_marked(room: Room) -> None:
    shutil.move(room.folder / "work/ann/0001", room.folder / "unmatched/0001")
    run = room.batch()
    [concern] = run.concerns
    assert (concern.student, concern.kind) == ("", "unmatched")
    assert concern.where == "unmatched/0001/files"
    assert {row[0] for row in room.kept()} == {"ben", "cid", "dot"}


def test_a_locked_database_ends_it_in_a_sentence_and_loses_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.classroom.gradebook.database._PATIENCE", 0)
    with contextlib.closing(sqlite3.connect(room.url, isolation_level=None)) as other:
        with (
            room.book() as book,
            pytest.raises(UsageError, match=r"is in use by another program\. Run this again"),
        ):
            Batch(
                room.course, room.folder, book, Options(),
                heard=lambda _: other.execute("BEGIN IMMEDIATE"),
            ).run()  # fmt: skip
        other.execute("ROLLBACK")
    assert len(room.kept()) == 2
    assert room.batch().tally.done == 4
    assert len(room.kept()) == 8
