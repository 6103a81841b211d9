"""Which hand-ins count, worked out from all that are there; and what is no class."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest

from grader.classroom.attempt import CLASS, Attempt, Collected
from grader.classroom.collected import counting, files_of, find_class, policy_notes, read_class
from grader.classroom.people import Person
from grader.course.outline import Attempts, Course
from grader.errors import UsageError

NOW = datetime.datetime(2027, 2, 1, tzinfo=datetime.UTC)
ABOUT = Collected(1, NOW)


def attempt(student: str, number: int = 1, hour: int | None = None, **more: object) -> Attempt:
    at = None if hour is None else NOW.replace(hour=hour)
    found = Attempt(student, number, "canvas", "", "", at=at, folder=f"work/{student}/{number:04}")
    return msgspec.structs.replace(found, **more)


def decided(
    *attempts: Attempt, people: tuple[Person, ...] = (), keep: str = "last"
) -> dict[str, dict[str, list[str]]]:
    about = msgspec.structs.replace(ABOUT, keep=keep)
    return {
        student: {unit: [a.folder for a in found] for unit, found in units.items()}
        for student, units in counting(about, people, attempts).items()
    }


def test_the_last_counts_by_time_by_the_source_s_numbers_or_as_collected() -> None:
    for first, second, last in (
        (attempt("j", 1, hour=9), attempt("j", 2, hour=8), "0001"),
        (attempt("j", 1, order=900), attempt("j", 2, order=100), "0001"),
        (attempt("j", 1, hour=9), attempt("j", 2), "0002"),
        (attempt("j", 1, order=900), attempt("j", 2, order=100, source="moodle"), "0002"),
    ):
        assert decided(second, first) == {"j": {"": [f"work/j/{last}"]}}
    some = attempt("j", 1), attempt("j", 2, hour=9), attempt("j", 3, hour=8)
    assert decided(*some) == {"j": {"": ["work/j/0002"]}}
    both = decided(attempt("j", 1, hour=9), attempt("j", 2, hour=8), keep="best")
    assert both == {"j": {"": ["work/j/0002", "work/j/0001"]}}


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        (Attempts(), ["0002"]),
        (Attempts("best"), ["0001", "0002"]),
        (Attempts(counted=1), ["0001", "0002"]),
    ],
)
def test_where_nobody_said_which_the_course_s_policy_does(
    policy: Attempts, kept: list[str], tmp_path: Path
) -> None:
    course = Course("/no/such/course", "Tiny", (), attempts=policy)
    for number in (1, 2):
        folder = tmp_path / "work" / "j" / f"{number:04}"
        folder.mkdir(parents=True)
        (folder / "attempt.json").write_bytes(msgspec.json.encode(attempt("j", number)))
    (tmp_path / CLASS).write_bytes(msgspec.json.encode(ABOUT))
    about, _, attempts = read_class(tmp_path, course=course)
    assert [a.folder[-4:] for a in attempts if a.picked] == kept
    assert policy_notes(about, course) == []
    said = msgspec.structs.replace(ABOUT, keep="last")
    (tmp_path / CLASS).write_bytes(msgspec.json.encode(said))
    about, _, attempts = read_class(tmp_path, course=course)
    assert [a.folder[-4:] for a in attempts if a.picked] == ["0002"]
    assert len(policy_notes(about, course)) == len(kept) - 1


def test_a_hand_in_for_one_unit_takes_nothing_from_another() -> None:
    one = attempt("j", 1, hour=8, units=("u1", "u2"))
    two = attempt("j", 2, hour=9, unit="u2")
    assert decided(one, two) == {"j": {"u1": ["work/j/0001"], "u2": ["work/j/0002"]}}


def test_a_team_s_work_counts_until_a_member_s_own_is_later() -> None:
    team = attempt("a", 1, hour=9, team=("a", "b", "c"))
    late, early = attempt("b", 1, hour=10), attempt("c", 1, hour=8)
    assert decided(team, late, early) == {
        "a": {"": ["work/a/0001"]}, "b": {"": ["work/b/0001"]}, "c": {"": ["work/a/0001"]}
    }  # fmt: skip


def test_a_roster_s_team_fills_what_a_member_lacks() -> None:
    people = tuple(
        Person(key, team=team) for key, team in zip("abcd", ["T", "T", "T", "t "], strict=True)
    )
    found = decided(attempt("a", 1, hour=9), attempt("b", 1, hour=8), people=people)
    assert found == {
        "a": {"": ["work/a/0001"]}, "b": {"": ["work/b/0001"]},
        "c": {"": ["work/a/0001"]}, "d": {"": ["work/a/0001"]},
    }  # fmt: skip


def write(folder: Path, about: object = ABOUT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / CLASS).write_bytes(msgspec.json.encode(about))
    return folder


def test_what_is_no_class_or_a_newer_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="grade collect SOURCE --into"):
        read_class(tmp_path)
    with pytest.raises(UsageError, match="knows format 1"):
        read_class(write(tmp_path / "new", msgspec.structs.replace(ABOUT, format=2)))
    with pytest.raises(UsageError, match=r"class\.json: it is not what"):
        read_class(write(tmp_path / "bad", "x"))


def test_a_class_is_found_from_anywhere_in_it(tmp_path: Path) -> None:
    root = write(tmp_path / "hw")
    inner = root / "work" / "j" / "0001" / "files"
    inner.mkdir(parents=True)
    assert find_class(inner) == find_class(root) == root
    assert find_class(tmp_path) is None


def test_the_folder_s_place_is_not_taken_from_its_file(tmp_path: Path) -> None:
    root = write(tmp_path / "hw")
    place = root / "work" / "j" / "0001"
    (place / "files").mkdir(parents=True)
    forged = msgspec.structs.replace(attempt("j"), folder="../../etc", picked=False)
    (place / "attempt.json").write_bytes(msgspec.json.encode(forged))
    (found,) = read_class(root)[2]
    assert (found.folder, found.picked) == ("work/j/0001", True)
    assert files_of(root, found) == place / "files"
    (place / "read").mkdir()
    assert files_of(root, found) == place / "read"
