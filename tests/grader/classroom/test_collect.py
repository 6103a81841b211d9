"""A run of `grade collect`: everything kept, nothing overwritten, each trouble its own."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import io
import os
import stat
import subprocess
import sys
import tempfile
import time
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader import Course, Submission
from grader.classroom import collect as running
from grader.classroom import copied, prepared
from grader.classroom.collect import Request, collect
from grader.classroom.collected import files_of, read_class, read_unmatched
from grader.errors import UsageError
from grader.handin.unpacking import Bounds
from support.collecting import Class, Put
from support.lms import ARITHMETIC, MAGNITUDE, encrypted, hostile_zip, nested_zip
from support.places import ROOT
from tools.lms import Student, Upload, canvas_sheet, canvas_zip, zipped

#: Each example is a class on disk.
FEW = settings(max_examples=settings().max_examples * 2 // 5)
PEOPLE = [Student(f"F{n}", f"Last{n}", 100 + n, f"S{n}", f"user{n}", "", "A", 0) for n in range(12)]
SHEET = canvas_sheet(PEOPLE, "Vectors", "12.00")


def upload(n: int, files: dict[str, bytes] | None = None, late: bool = False) -> Upload:
    work = {"magnitude.py": MAGNITUDE} if files is None else files
    return Upload(PEOPLE[n].sortable, PEOPLE[n].canvas, work, late)


@pytest.fixture(autouse=True)
def few_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "_BOUNDS", Bounds(entries=50))


TROUBLES = {
    1: {"work.zip": hostile_zip()},
    2: {"work.zip": encrypted(zipped([("magnitude.py", MAGNITUDE)]))},
    3: {"work.zip": zipped([("magnitude.py", MAGNITUDE)])[:-40]},
    4: {"work.zip": nested_zip(5, "magnitude.py", MAGNITUDE)},
    5: {"notes.pdf": b"%PDF"},
    6: {"work.tar.gz": b"\x1f\x8b"},
    7: {"work.zip": zipped((f"f{n}.py", b"x = 1\n") for n in range(60))},
    8: {"magnitude.py": b""},
    9: {"work.zip": zipped([])},
}
TOLD = {
    1: "its path leads out of the archive",
    2: "it is locked with a password",
    3: "work.zip cannot be unpacked",
    4: "zips lie in zips, 3 deep",
    5: "There is no Python module or notebook in it.",
    6: "work.tar.gz is an archive of a kind that is not read",
    7: "Only the first 50 entries",
    8: "magnitude.py is empty",
    9: "There is no Python module or notebook in it.",
}


def test_each_trouble_is_named_and_costs_nobody_else_anything(room: Class, put: Put) -> None:
    uploads = [upload(0), *(upload(n, files) for n, files in TROUBLES.items()), upload(10)]
    zip_ = put("s.zip", canvas_zip(uploads))
    room.collect(zip_, rosters=(put("g.csv", SHEET),))
    told: dict[str, str] = {}
    for problem in room.summary.problems:
        told[problem.who] = told.get(problem.who, "") + problem.what
    assert told.keys() == {f"user{n}" for n in TROUBLES}
    for n, what in TOLD.items():
        assert what in told[f"user{n}"], n
    assert room.files("user0") == room.files("user10") == {"magnitude.py": MAGNITUDE}
    log = (room.root / "collect.log").read_text("utf-8")
    for problem in room.summary.problems:
        assert problem.what in log
    assert room.summary.missing == ("user11",)
    for n, files in TROUBLES.items():
        for name, data in files.items():
            kept = room.root / f"work/user{n}/0001/files" / name
            assert kept.read_bytes() == data, "what was handed in is kept as it is"


def test_of_a_hostile_zip_only_the_good_is_unpacked(room: Class, put: Put, tmp_path: Path) -> None:
    room.collect(put("s.zip", canvas_zip([upload(1, {"work.zip": hostile_zip()})])))
    assert room.files("last1f1") == {"magnitude.py": MAGNITUDE}
    told = " ".join(problem.what for problem in room.summary.problems)
    for what in ("climbs.py", "absolute.py", "drive.py", "link.py", "device.py", "bomb.py"):
        assert what in told
    names = {path.name for path in tmp_path.rglob("*")}
    assert not {"climbs.py", "absolute.py", "drive.py", "link.py", "device.py"} & names


def test_a_second_run_changes_nothing(room: Class, put: Put) -> None:
    uploads = [upload(0), *(upload(n, files) for n, files in TROUBLES.items())]
    zip_, sheet = put("s.zip", canvas_zip(uploads)), put("g.csv", SHEET)
    first = room.collect(zip_, rosters=(sheet,))
    before = room.state()
    times = {path: path.stat().st_mtime_ns for path in room.root.rglob("*")}
    again = room.collect(zip_, rosters=(sheet,))
    assert room.state() == before
    assert {path: path.stat().st_mtime_ns for path in room.root.rglob("*")} == times
    assert again.problems == first.problems
    assert [(read.new, read.known) for read in again.sources] == [(0, len(uploads))]


def test_nor_does_one_with_somebody_who_is_not_on_the_roster(room: Class, put: Put) -> None:
    roster = put("r.csv", "student,name\ndoe,Jane Doe\n")
    source = put("in/Nobody at all/magnitude.py", MAGNITUDE).parents[1]
    first = room.collect(source, rosters=(roster,))
    before = room.state()
    assert room.collect(source, rosters=(roster,)).problems == first.problems
    assert room.state() == before


def test_a_damaged_entry_of_the_lms_s_zip_costs_one_student(room: Class, put: Put) -> None:
    data = bytearray(canvas_zip([upload(0), upload(1, {"magnitude.py": b"x = 1234567\n" * 9})]))
    place = data.find(b"magnitude.py", data.find(b"magnitude.py") + 20) + len("magnitude.py")
    data[place + 3] ^= 0xFF
    room.collect(put("s.zip", bytes(data)))
    assert list(room.attempts) == ["last0f0"] or room.files("last0f0") == {
        "magnitude.py": MAGNITUDE
    }
    (problem,) = room.summary.problems
    assert "it is damaged" in problem.what
    assert problem.where.endswith("magnitude.py")


def test_entries_of_the_lms_s_zip_that_are_no_files(room: Class, put: Put, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("last0f0_100_5_magnitude.py", MAGNITUDE)
        archive.writestr("../last1f1_101_6_magnitude.py", MAGNITUDE)
        link = zipfile.ZipInfo("last2f2_102_7_magnitude.py")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    room.collect(put("s.zip", made.getvalue()), rosters=(put("g.csv", SHEET),))
    assert list(room.attempts) == ["user0"]
    told = {problem.who: problem.what for problem in room.summary.problems}
    assert told["user2"] == "magnitude.py was left out: it is a link."
    assert "leads out of the archive" in told[""]
    assert not list(tmp_path.rglob("*last1f1*"))


def test_two_files_with_one_name_are_both_kept(room: Class, put: Put) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([("a/magnitude.py", MAGNITUDE), ("a/magnitude.py", b"x = 1\n"),
                       ("a/Magnitude.py", b"y = 1\n"), ("b/angle.py", b"z = 1\n")])  # fmt: skip
    room.collect(put("all.zip", data))
    assert room.files("a") == {"magnitude.py": MAGNITUDE, "Magnitude.py": b"y = 1\n"}
    kept = {p.name: p.read_bytes() for p in (room.root / "work/a/0001/files").iterdir()}
    assert kept["magnitude~2.py"] == b"x = 1\n"
    assert room.problems() == {
        "a": "magnitude.py is there more than once: the first one is graded."
    }
    assert "magnitude.py and Magnitude.py differ in case only." in room.attempts["a"].notes


@pytest.mark.parametrize(
    "name", ["magnitude-1.py", "magnitude (2).py", "9f3ab2_magnitude.py", "magnitude(1).py",
             "jdoe-magnitude-2.py", "Magnitude copy.py", "MAGNITUDE.PY", "magnitude.py.txt",
             "Copy of magnitude.py", "magnitude-1 (2).py", "magnitude.py.txt.download"],
)  # fmt: skip
def test_renamed_files_get_their_names_back(room: Class, put: Put, name: str) -> None:
    room.collect(put("s.zip", canvas_zip([upload(0, {name: MAGNITUDE})])))
    assert room.files("last0f0") == {"magnitude.py": MAGNITUDE}
    stored = room.root / "work/last0f0/0001/files" / name
    assert stored.read_bytes() == MAGNITUDE


def test_a_name_that_no_folder_takes_is_cut(room: Class, put: Put) -> None:
    names = [f"{'n' * 150}{'é' * 80}{n}.py" for n in (1, 2)]
    data = zipped([(f"a/{name}", name.encode()) for name in names] + [("b/angle.py", b"x = 1\n")])
    room.collect(put("all.zip", data))
    assert sorted(room.files("a").values()) == sorted(name.encode() for name in names)
    assert all(name.endswith(".py") for name in room.files("a"))
    assert room.summary.problems == ()


def test_one_hand_in_has_its_bounds(room: Class, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copied, "_LIMIT", 3 << 20)
    put("c/a/data.bin", bytes(2 << 20))
    put("c/a/magnitude.py", b"x = 1\n" * 200_000)
    room.collect(put("c/b/magnitude.py", MAGNITUDE).parents[1])
    assert list(room.files("a")) == ["data.bin"]
    told = "magnitude.py was left out: together the files are larger than 3 MiB."
    assert room.problems()["a"] == told
    assert room.files("b") == {"magnitude.py": MAGNITUDE}


def test_a_source_with_nothing_in_it_is_told(room: Class, put: Put, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "empty", put("e.zip", zipped([]))):
        room.collect(source)
        assert room.summary.problems[0].what == "Nothing that was handed in is in it."
    with pytest.raises(UsageError, match="so it is no export"):
        room.collect(tmp_path / "empty", kind="gradescope")


@pytest.mark.parametrize("kind", ["canvas", "moodle", "classroom50", "nbgrader", "pack", "folder"])
def test_whatever_it_is_said_to_be_nothing_is_lost(room: Class, put: Put, kind: str) -> None:
    put("c/jdoe/magnitude.py", MAGNITUDE)
    room.collect(put("c/roe_magnitude.py", ARITHMETIC).parent, kind=kind)
    kept = [data for name, data in room.state().items() if name.endswith(".py")]
    assert set(kept) == {MAGNITUDE, ARITHMETIC}


def test_two_that_may_be_one_file_are_left_and_told(room: Class, put: Put) -> None:
    files = {"magnitude-1.py": MAGNITUDE, "magnitude-2.py": ARITHMETIC}
    room.collect(put("s.zip", canvas_zip([upload(0, files)])))
    assert room.files("last0f0") == files
    assert room.problems() == {
        "last0f0": "magnitude-1.py and magnitude-2.py may both be magnitude.py."
    }


def test_what_a_unit_is_for_follows_from_the_names(room: Class, put: Put) -> None:
    notebook = b'{"cells": [{"cell_type": "code", "source": ["def angle(v, w):\\n"]}]}'
    uploads = [
        upload(0),
        upload(1, {"work.ipynb": notebook}),
        upload(2, {"magnitude.py": MAGNITUDE, "angle.py": b"x = 1\n"}),
        upload(3, {"mine.py": b"x = 1\n"}),
    ]
    room.collect(put("s.zip", canvas_zip(uploads)))
    assert {key: (a.unit, a.units) for key, a in room.attempts.items()} == {
        "last0f0": ("01_vectors", ("01_vectors",)),
        "last1f1": ("02_dot_product", ("02_dot_product",)),
        "last2f2": (None, ("01_vectors", "02_dot_product")),
        "last3f3": (None, ()),
    }
    room.collect(put("s.zip", canvas_zip(uploads[:1])), unit="03_matrices")
    assert room.problems()["last0f0"] == "Nothing in it is for 03_matrices; it is for 01_vectors."


def test_numbers_go_on_through_all_that_a_hand_in_may_stand_beside(room: Class, put: Put) -> None:
    """The mark is by them where nobody tells the times, whatever is judged first."""
    texts = {"magnitude.py": "x = 1\n", "angle.py": "x = 1\n"}
    for n, names in enumerate([("magnitude",), ("angle",), ("magnitude", "angle"), ("angle",)]):
        for name in names:
            put(f"in{n}/doe/{name}.py", f"# {n}\n" + texts[f"{name}.py"])
        room.collect(put(f"in{n}/people.csv", "student\ndoe\n").parent)
    found = read_class(room.root)[2]
    assert [(a.unit, a.number) for a in found] == [
        ("01_vectors", 1), ("02_dot_product", 1), (None, 2), ("02_dot_product", 3),
    ]  # fmt: skip


def test_times_from_a_sheet_and_late_by_one_clock(put: Put, tmp_path: Path) -> None:
    course = Course.load(ROOT)
    due = datetime.datetime(2027, 2, 1, 12, tzinfo=datetime.UTC)
    first = msgspec.structs.replace(course.units[0], due=due)
    course = msgspec.structs.replace(course, units=(first, *course.units[1:]))
    room = Class(tmp_path / "hw", course)
    zip_ = put("s.zip", canvas_zip([upload(n, late=n in (0, 1)) for n in range(5)]))
    sheet = put("g.csv", SHEET)
    room.collect(zip_, rosters=(sheet,))
    assert {each.student: each.ours for each in room.summary.late} == {"user0": None, "user1": None}
    times = put(
        "t.csv",
        "student,time,late\nuser0,2027-02-01T12:14:00Z,\nS1,2027-02-01T14:00:00+01:00,\n"
        "user2,2027-02-01 12:16 UTC,\nuser3,2027-02-01T11:00:00Z,yes\n"
        "nobody,2027-02-01T11:00:00Z,\n",
    )
    room.collect(zip_, times=times)
    assert {each.student: (each.marked, each.ours) for each in room.summary.late} == {
        "user0": (True, False),
        "user2": (False, True),
    }, "user1 is late by both; what Canvas said of user3 stays"
    assert "somebody who is not known" in room.problems()["nobody"]
    before = room.state()
    room.collect(zip_, times=times)
    assert room.state() == before
    assert room.summary.attempts == 5


def test_a_name_that_a_student_chose_is_plain_text_everywhere(room: Class, put: Put) -> None:
    evil = "\x1b[31m\u202e../<b>=1+1\n2027 forged line.py"
    room.collect(put("s.zip", canvas_zip([upload(0, {evil: MAGNITUDE}), upload(1)])))
    log = (room.root / "collect.log").read_text("utf-8")
    assert "\x1b" not in log
    assert "\u202e" not in log
    assert not any(line.startswith("2027 forged") for line in log.splitlines())
    assert all(c.isprintable() for p in room.summary.problems for c in p.who + p.where + p.what)
    assert all(c.isprintable() for a in room.attempts.values() for c in a.origin + "".join(a.notes))


def test_what_stands_in_the_way_is_said_before_anything_is_written(
    put: Put, tmp_path: Path
) -> None:
    good = put("s.zip", canvas_zip([upload(0)]))
    broken = put("b.zip", b"PK no zip")
    full = put("full/mine.txt", "x").parent
    for sources, into, what in (
        ((tmp_path / "gone.zip",), tmp_path / "hw", "there is no such file"),
        ((good,), full, "is not empty and holds no collected class"),
        ((good,), good, "is a file"),
        ((broken,), tmp_path / "hw", "it is no zip"),
        ((full,), tmp_path, "lies in"),
    ):
        with pytest.raises(UsageError, match=what):
            collect(Request(sources, into))
    with pytest.raises(UsageError, match=r"no unit 99\. The units are 01_vectors"):
        collect(Request((good,), tmp_path / "x", unit="99"), Course.load(ROOT))
    assert not (tmp_path / "x").exists()
    assert list(full.iterdir()) == [full / "mine.txt"]


def test_a_folder_of_downloads(room: Class, put: Put) -> None:
    """An LMS's zips in a folder are classes, whatever else lies there."""
    put("d/submissions.zip", canvas_zip([upload(0)]))
    put("d/submissions (1).zip", canvas_zip([upload(1)]))
    sheet = put("d/gradebook.csv", SHEET)
    room.collect(sheet.parent, rosters=(sheet,))
    assert [read.kind for read in room.summary.sources] == ["canvas", "canvas"]
    assert sorted(room.attempts) == ["user0", "user1"]
    put("d/user2.zip", zipped([("magnitude.py", MAGNITUDE)]))
    room.collect(sheet.parent, rosters=(sheet,))
    assert sorted(room.attempts) == ["user0", "user1", "user2"]
    assert (room.summary.problems, room.summary.attempts) == ((), 3)


def test_one_of_several_sources_that_is_broken_costs_the_others_nothing(
    room: Class, put: Put
) -> None:
    sources = [put("a.zip", canvas_zip([upload(0)])), put("b.zip", b"PK"),
               put("c.zip", canvas_zip([upload(1)]))]  # fmt: skip
    room.collect(*sources)
    assert len(room.attempts) == 2
    (problem,) = room.summary.problems
    assert "it is no zip" in problem.what
    assert problem.what in (room.root / "collect.log").read_text("utf-8")


def test_no_class_is_made_in_another(room: Class, put: Put) -> None:
    zip_ = put("s.zip", canvas_zip([upload(0)]))
    room.collect(zip_)
    with pytest.raises(UsageError, match="lies in the class"):
        room.collect(zip_, into=room.root / "work" / "new")


def test_no_two_runs_write_to_one_class(room: Class, put: Put) -> None:
    zip_ = put("s.zip", canvas_zip([upload(0)]))
    room.collect(zip_)
    fd = os.open(room.root, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="Another grade collect"):
            room.collect(zip_)
    finally:
        os.close(fd)


def test_a_run_that_ends_anywhere_is_taken_up_again(
    room: Class, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost and nothing there twice, wherever a full disk ends it."""
    zip_ = put("s.zip", canvas_zip([upload(n) for n in range(4)]))
    sheet = put("g.csv", SHEET)
    real = {name: getattr(running.Store, name) for name in ("keep", "stage", "write_people", "log")}
    for name, method in real.items():
        for after in range(3):
            left = [after]

            def fails(store, *args, method=method, left=left, **more):  # type: ignore[no-untyped-def]
                left[0] -= 1
                if left[0] < 0:
                    raise OSError(28, "No space left on device")
                return method(store, *args, **more)

            with monkeypatch.context() as patch:
                patch.setattr(running.Store, name, fails)
                with contextlib.suppress(OSError):
                    room.collect(zip_, rosters=(sheet,))
            assert not list(room.root.glob(".*"))
    room.collect(zip_, rosters=(sheet,))
    _, _, attempts = read_class(room.root)
    assert [(a.student, a.number) for a in attempts] == [(f"user{n}", 1) for n in range(4)]


_DIES = """
import os, sys
from pathlib import Path
from grader.classroom.collect import Request, collect

left = int(sys.argv[1])

def dies(self, target, real=Path.{name}):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return real(self, target)

Path.{name} = dies
collect(Request((Path(sys.argv[2]),), Path(sys.argv[3]), rosters=(Path(sys.argv[4]),)))
"""


@pytest.mark.parametrize(("name", "after"), [("rename", 0), ("rename", 2), ("replace", 1)])
def test_a_run_that_is_killed_is_taken_up_again(
    room: Class, put: Put, name: str, after: int
) -> None:
    zip_ = put("s.zip", canvas_zip([upload(n) for n in range(4)]))
    sheet = put("g.csv", SHEET)
    args = [str(after), str(zip_), str(room.root), str(sheet)]
    ran = subprocess.run([sys.executable, "-c", _DIES.format(name=name), *args])
    assert ran.returncode == 9
    room.collect(zip_, rosters=(sheet,))
    assert list(room.root.rglob(".*")) == []
    assert sorted(room.attempts) == [f"user{n}" for n in range(4)]
    assert room.summary.attempts == 4


def test_what_is_read_can_be_graded(room: Class, put: Put) -> None:
    inner = zipped([("hw/exercises/01_vectors/magnitude.py", MAGNITUDE)])
    room.collect(put("s.zip", canvas_zip([upload(0, {"hw.zip": inner}), upload(1)])))
    for attempt in read_class(room.root)[2]:
        submission = Submission.from_path(files_of(room.root, attempt), attempt.student)
        assert list(submission.sources.values()) == [MAGNITUDE.decode()]
        assert submission.notes == ()
    assert read_unmatched(room.root) == []


@FEW
@example([(493, 2)])  # an entry that lies before the beginning
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12))
def test_fuzz_a_zip_with_any_bytes_changed(changes: list[tuple[int, int]]) -> None:
    """It is collected, or told; nothing is written beside the class, and a second run agrees."""
    files = {"w.zip": zipped([("magnitude.py", MAGNITUDE)])}
    data = bytearray(canvas_zip([upload(0), upload(1, files)]))
    for place, byte in changes:
        data[place % len(data)] = byte
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "s.zip").write_bytes(data)
        with contextlib.suppress(UsageError):
            first = collect(Request((place / "s.zip",), place / "hw"))
            again = collect(Request((place / "s.zip",), place / "hw"))
            assert (first.problems, first.attempts) == (again.problems, again.attempts)
        assert {path.name for path in place.iterdir()} <= {"s.zip", "hw"}


@FEW
@given(st.lists(st.text(min_size=1, max_size=40), max_size=6))
def test_fuzz_entries_with_any_name(names: list[str]) -> None:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for name in names:
            with contextlib.suppress(UnicodeError, IndexError):  # names that no zip can hold
                archive.writestr(name, MAGNITUDE)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "s.zip").write_bytes(made.getvalue())
        summary = collect(Request((place / "s.zip",), place / "hw"))
        assert {path.name for path in place.iterdir()} == {"s.zip", "hw"}
        found = [*place.glob("hw/work/*/*/files"), *place.glob("hw/unmatched/*/files")]
        kept = [path for files in found for path in files.rglob("*") if path.is_file()]
        assert all(path.read_bytes() == MAGNITUDE for path in kept)
        assert kept or summary.problems or summary.notes


@pytest.mark.long
def test_a_class_of_thousands_costs_little_each(tmp_path: Path) -> None:
    """Memory does not grow with what they handed in, only with how many they are."""

    def peak(count: int) -> tuple[int, float]:
        people = [
            Student(f"F{n}", f"L{n}", 10_000 + n, f"S{n}", f"u{n}", "", "", 0) for n in range(count)
        ]
        work = {"magnitude.py": MAGNITUDE, "data.bin": os.urandom(20_000)}
        source = tmp_path / f"{count}.zip"
        source.write_bytes(canvas_zip([Upload(p.sortable, p.canvas, work) for p in people]))
        tracemalloc.start()
        began = time.perf_counter()
        collect(Request((source,), tmp_path / f"hw{count}"))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used, time.perf_counter() - began

    few, _ = peak(200)
    many, _ = peak(2000)
    assert many - few < 1800 * 12_000, "a twelfth of what they handed in"
