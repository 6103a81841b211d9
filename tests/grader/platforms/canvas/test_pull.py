"""A class from Canvas: people, every attempt with its time, groups, extensions; twice is once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.classroom.collected import files_of, read_class, read_people
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.people import Person
from grader.course.outline import Course
from grader.errors import UsageError
from grader.platforms.canvas import api as asking
from grader.platforms.canvas.api import Api
from grader.platforms.canvas.pull import Asked, Pulled, pull
from support.canvas_server import Canvas, Fault
from support.courses import three
from support.gradebooks import DOE

ON_TIME, LATE = "2027-02-01T20:00:00Z", "2027-02-02T20:00:00Z"
VECTORS = "def length(v):\n    return 0\n"


class Room:
    """A course here, a course in Canvas, a class and a gradebook."""

    def __init__(self, root: Path, canvas: Canvas, api: Api) -> None:
        self.into, self.url = root / "hw", str(root / "marks.db")
        self.course = Course.load(root / "course")
        self.canvas, self.api = canvas, api

    def pull(self, **others: Any) -> Pulled:
        with Gradebook(self.course, self.url) as book:
            return pull(self.api, Asked(42, self.into, **others), self.course, book)

    def state(self) -> dict[str, bytes]:
        found = (path for path in self.into.rglob("*") if path.is_file())
        return {path.relative_to(self.into).as_posix(): path.read_bytes() for path in found}

    def extensions(self) -> list[tuple[str, str, str, str]]:
        """Who or which section, the unit, until when, who gave it, of those that hold."""
        with Gradebook(self.course, self.url) as book:
            return [
                (
                    e.student or f"section:{e.section}", e.unit,
                    f"{e.until:%m-%d}", e.who.partition(" ")[0],
                )
                for e in book.adjustments()
            ]  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course and an empty gradebook, made once: each test has a copy."""
    root = tmp_path_factory.mktemp("class")
    Gradebook(Course.load(three.write(root / "course")), str(root / "marks.db")).close()
    return root


@pytest.fixture
def room(written: Path, tmp_path: Path, canvas: Canvas, api: Api) -> Room:
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    canvas.student(101, "Jane Doe", section=1)
    canvas.student(102, "Richard Roe", section=2)
    canvas.student(103, "Zoë Ångström", section=2)
    canvas.test_student(199)
    canvas.assignment(4711, "A", 4, due_at="2027-02-01T22:59:00Z")
    canvas.assignment(4712, "Essay", 10)
    return Room(tmp_path, canvas, api)


def told(pulled: Pulled) -> str:
    problems = [f"{p.who} {p.where}: {p.what}" for p in pulled.collected.problems]
    return "\n".join([*problems, *pulled.collected.notes])


def test_people_attempts_and_times_make_a_class(room: Room) -> None:
    room.canvas.hand_in(4711, 101, ON_TIME, {"length.py": VECTORS})
    room.canvas.hand_in(4711, 101, LATE, {"length.py": VECTORS + "#\n"}, late=True)
    room.canvas.hand_in(4711, 199, ON_TIME, {"length.py": "# the test student's\n"})
    room.canvas.hand_in(4712, 101, ON_TIME, {"essay.py": "# another assignment's\n"})
    pulled = room.pull()
    assert pulled.assignments == {"A (4711)": "01_a"}
    assert pulled.collected.problems == ()
    people = {person.key: person for person in read_people(room.into)}
    assert people.keys() == {"jane101", "richard102", "zoë103"}
    assert people["jane101"].section == "Section 1"
    assert people["jane101"].aliases == {
        "canvas": "101", "sis": "S101", "login": "jane101", "email": "jane@example.org",
    }  # fmt: skip
    _, _, attempts = read_class(room.into)
    assert [(a.student, a.number, a.at, a.late, a.picked) for a in attempts] == [
        ("jane101", 1, datetime(2027, 2, 1, 20, tzinfo=UTC), False, False),
        ("jane101", 2, datetime(2027, 2, 2, 20, tzinfo=UTC), True, True),
    ]
    assert (files_of(room.into, attempts[0]) / "length.py").read_text("utf-8") == VECTORS
    assert attempts[0].origin.endswith(": doejane_101_90000_length.py")
    with Gradebook(room.course, room.url) as book:
        assert book.people().keys() == people.keys()


def test_twice_changes_nothing_and_fetches_nothing(room: Room) -> None:
    room.canvas.hand_in(4711, 101, ON_TIME, {"length.py": VECTORS, "double.py": "# d\n"})
    room.pull()
    before, asked = room.state(), len(room.canvas.asked)
    pulled = room.pull()
    assert room.state() == before
    assert not [line for line in room.canvas.asked[asked:] if "/files/" in line]
    assert (pulled.collected.sources[0].new, pulled.collected.sources[0].known) == (0, 1)
    room.canvas.hand_in(4711, 102, ON_TIME, {"length.py": VECTORS})
    assert room.pull().collected.sources[0].new == 1


def test_a_class_from_the_zip_is_known_and_gets_its_times(room: Room, tmp_path: Path) -> None:
    from grader.classroom.collect import Request, collect

    [number] = room.canvas.hand_in(4711, 101, ON_TIME, {"length.py": VECTORS})
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / f"doejane_101_{number}_length.py").write_text(VECTORS, "utf-8")
    collect(Request((folder,), room.into, kind="canvas"), room.course)
    room.pull()
    _, _, [attempt] = read_class(room.into)
    assert attempt.at == datetime(2027, 2, 1, 20, tzinfo=UTC)
    assert not [line for line in room.canvas.asked if "/files/" in line]


def test_hostile_names_and_sizes_cost_nobody_else_anything(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.classroom import copied
    from grader.platforms.canvas import handed_in

    monkeypatch.setattr(copied, "FILE_LIMIT", 1000)
    monkeypatch.setattr(handed_in, "FILE_LIMIT", 1000)
    room.canvas.hand_in(
        4711, 101, ON_TIME,
        {"../../up.py": "1\n", "/etc/passwd": "2\n", "a" * 300 + ".py": "3\n", "..": "4\n",
         "\u202egp.py": "5\n", "CON": "6\n", "length.py": VECTORS},
    )  # fmt: skip
    [large] = room.canvas.hand_in(4711, 102, ON_TIME, {"big.bin": bytes(5000)})
    room.canvas.submissions[4711, 102]["submission_history"][0]["attachments"][0]["size"] = 10
    room.canvas.hand_in(4711, 103, ON_TIME, {"length.py": VECTORS})
    pulled = room.pull()
    _, _, attempts = read_class(room.into)
    assert {a.student for a in attempts} >= {"jane101", "zoë103"}
    outside = list(room.into.parent.rglob("*up.py"))
    assert all(path.is_relative_to(room.into) for path in outside)
    assert "richard102" in told(pulled)
    assert "larger than" in told(pulled)
    assert large


def test_what_is_no_file_and_what_cannot_be_had_is_named(room: Room) -> None:
    room.canvas.hand_in(
        4711, 101, ON_TIME, {}, submission_type="online_text_entry", body="def length(v): ..."
    )
    room.canvas.hand_in(4711, 102, ON_TIME, {"length.py": VECTORS, "gone.py": "x\n"})
    room.canvas.files.popitem()
    room.canvas.hand_in(4711, 103, ON_TIME, {}, submission_type="online_url", url="https://x.y")
    pulled = room.pull()
    assert "typed into Canvas as text" in told(pulled)
    assert "gone.py was left out: Canvas does not give it (404)" in told(pulled)
    assert "An address was handed in" in told(pulled)
    assert "gone.py was left out" in told(room.pull())


def test_interrupted_it_goes_on(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for user in (101, 102, 103):
        room.canvas.hand_in(4711, user, ON_TIME, {"length.py": f"# {user}\n"})
    real, count = asking.Api.download, 0

    def stopped(self: Api, *args: Any) -> str:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        return real(self, *args)

    monkeypatch.setattr(asking.Api, "download", stopped)
    with pytest.raises(KeyboardInterrupt):
        room.pull()
    assert len(list((room.into / "work").iterdir())) == 1
    assert not list(room.into.glob(".new-*"))
    pulled = room.pull()
    assert (pulled.collected.sources[0].new, pulled.collected.sources[0].known) == (2, 1)
    assert count == 4


def test_a_file_that_cannot_be_had_now_comes_with_the_next_run(room: Room) -> None:
    room.canvas.hand_in(4711, 101, ON_TIME, {"length.py": VECTORS})
    room.canvas.hand_in(4711, 102, ON_TIME, {"length.py": VECTORS})
    room.canvas.faults.append(Fault("fail", "/files/90000", times=5))
    pulled = room.pull()
    assert "could not be had" in told(pulled)
    _, _, attempts = read_class(room.into)
    assert [a.student for a in attempts] == ["richard102"]
    pulled = room.pull()
    assert pulled.collected.problems == ()
    assert pulled.collected.attempts == 2


def test_a_token_that_expires_on_the_way_ends_it_in_a_sentence(room: Room) -> None:
    room.canvas.hand_in(4711, 101, ON_TIME, {"length.py": VECTORS})
    room.canvas.faults.append(Fault("expired", "submissions"))
    with pytest.raises(UsageError, match="Make a new one"):
        room.pull()
    assert room.pull().collected.attempts == 1


def test_a_group_hands_in_once_and_is_a_team(room: Room) -> None:
    room.canvas.groups = {5: ("Reds", 70, [101, 102]), 6: ("Others", 71, [103])}
    room.canvas.assignments[4711]["group_category_id"] = 70
    [number] = room.canvas.hand_in(4711, 101, ON_TIME, {"length.py": VECTORS})
    other = room.canvas.submissions[4711, 102]
    first = room.canvas.submissions[4711, 101]["submission_history"][0]
    other["submission_history"] = [{**first, "user_id": 102}]
    room.pull()
    _, people, attempts = read_class(room.into)
    assert [p.team for p in people] == ["Reds", "Reds", ""]
    [attempt] = attempts
    assert attempt.team == ("jane101", "richard102")
    assert len([line for line in room.canvas.asked if f"/files/{number}" in line]) == 1


def test_the_same_upload_again_or_for_another_unit_is_another_hand_in(room: Room) -> None:
    room.canvas.assignments[4712].update(name="B")
    room.canvas.hand_in(4711, 101, "2027-02-01T10:00:00Z", {"length.py": "# one\n"})
    room.canvas.hand_in(4711, 101, "2027-02-01T11:00:00Z", {"length.py": "# two\n"})
    history = room.canvas.submissions[4711, 101]["submission_history"]
    history.append({**history[0], "attempt": 3, "submitted_at": "2027-02-01T12:00:00Z"})
    room.canvas.submissions[4712, 101]["submission_history"] = [history[0]]
    room.pull()
    _, _, attempts = read_class(room.into)
    assert [(a.unit, a.number) for a in attempts] == [
        ("01_a", 1), ("02_b", 1), ("01_a", 2), ("01_a", 3),
    ]  # fmt: skip
    [last] = [a for a in attempts if a.picked and a.unit == "01_a"]
    assert (files_of(room.into, last) / "length.py").read_text("utf-8") == "# one\n"
    assert room.pull().collected.sources[0].new == 0


def test_who_has_a_key_in_the_gradebook_keeps_it(room: Room) -> None:
    room.canvas.hand_in(4711, 101, ON_TIME, {"length.py": VECTORS})
    with Gradebook(room.course, room.url) as book:
        book.import_roster([DOE, Person("zo", "Zoë Ångström")])
    room.pull()
    assert [person.key for person in read_people(room.into)] == ["doe", "richard102", "zo"]
    assert [attempt.student for attempt in read_class(room.into)[2]] == ["doe"]
    with Gradebook(room.course, room.url) as book:
        assert book.people().keys() == {"doe", "richard102", "zo"}
    before = room.state()
    room.pull()
    assert room.state() == before


def test_teachers_and_the_test_student_are_nobody_however_little_canvas_says(room: Room) -> None:
    teacher = [{"type": "TeacherEnrollment", "course_section_id": 1}]
    room.canvas.users[9] = {"id": 9, "name": "Ada Teacher", "enrollments": teacher}
    room.canvas.users[199].pop("enrollments")
    room.canvas.users[103].update(sis_user_id=4321, enrollments=[])
    room.canvas.hand_in(4711, 199, ON_TIME, {"length.py": VECTORS})
    room.pull()
    people = {person.key: person.aliases for person in read_people(room.into)}
    assert people.keys() == {"jane101", "richard102", "zoë103"}
    assert people["zoë103"]["sis"] == "4321"
    assert read_class(room.into)[2] == []


def test_a_course_in_which_canvas_shows_nobody_changes_nothing(room: Room) -> None:
    room.pull()
    for number in (101, 102, 103):
        del room.canvas.users[number]
    with pytest.raises(UsageError, match=r"names no students .* Nothing was changed"):
        room.pull()
    assert all(person.active for person in read_people(room.into))


def test_assignments_are_found_by_title_or_named(room: Room) -> None:
    room.canvas.assignments[4711]["name"] = "Homework one"
    with pytest.raises(UsageError, match=r"No assignment .* 'Homework one \(4711\)'.*01_a"):
        room.pull()
    named = (("Homework one", "01_a"),), (("4711", "01_a"),), (("homework one (4711)", "A"),)
    for given in named:
        assert room.pull(assignments=given).assignments == {"Homework one (4711)": "01_a"}


# --- extensions ---------------------------------------------------------------------------------


def test_overrides_are_extensions_with_their_source(room: Room) -> None:
    room.canvas.groups = {5: ("Reds", 70, [102, 103])}
    room.canvas.assignments[4711]["group_category_id"] = 70
    room.canvas.overrides[4711] = [
        {"id": 1, "title": "1 student", "student_ids": [101], "due_at": "2027-02-05T22:59:00Z"},
        {"id": 2, "title": "Reds", "group_id": 5, "due_at": "2027-02-04T22:59:00Z"},
        {"id": 3, "title": "Section 2", "course_section_id": 2, "due_at": "2027-02-03T22:59:00Z"},
        {"id": 4, "title": "Section 1", "course_section_id": 1, "due_at": "2027-01-30T22:59:00Z"},
        {"id": 5, "title": "2 students", "student_ids": [103], "due_at": None},
        {"id": 6, "title": "3 students", "student_ids": [103], "lock_at": "2027-03-01T00:00:00Z"},
    ]
    pulled = room.pull()
    assert sorted(room.extensions()) == [
        ("jane101", "01_a", "02-05", "Canvas"),
        ("richard102", "01_a", "02-04", "Canvas"),
        ("section:Section 2", "01_a", "02-03", "Canvas"),
        ("zoë103", "01_a", "02-04", "Canvas"),
    ]
    assert "no later than course.yaml's" in told(pulled)
    assert "no due date at all: override 5" in told(pulled)
    assert "only when it closes, not taken over: override 6" in told(pulled)
    with Gradebook(room.course, room.url) as book:
        due = {m.person.key: m.dates["01_a"].due for m in book.marks()}
        assert f"{due['jane101']:%m-%d}" == "02-05"
        [own] = [e for e in book.adjustments() if e.student == "jane101"]
        assert own.why == "override 1 of A (4711), 1 student"
    again = room.pull()
    assert (again.added, again.taken_back, again.known) == (0, 0, 4)


def test_what_canvas_changes_is_followed_and_what_a_person_did_stays(room: Room) -> None:
    def until(day: int, *students: int) -> None:
        room.canvas.overrides[4711] = [
            {"id": 1, "title": "x", "student_ids": list(students),
             "due_at": f"2027-02-{day:02}T22:59:00Z"},
        ]  # fmt: skip

    until(5, 101, 102)
    room.pull()
    with Gradebook(room.course, room.url) as book:
        by_hand = [e for e in book.adjustments() if e.student == "richard102"]
        book.take_back(by_hand, who="ada", why="a mistake")
        given = by_hand[0]
        hers = msgspec.structs.replace(given, student="zoë103", who="ada", why="ill")
        book.adjust([hers])
    pulled = room.pull()
    assert (pulled.added, pulled.taken_back) == (0, 0)
    assert "Taken back by a person, and not given again: richard102" in told(pulled)
    until(3, 101)
    pulled = room.pull()
    assert (pulled.added, pulled.taken_back) == (1, 1)
    assert sorted(room.extensions()) == [
        ("jane101", "01_a", "02-03", "Canvas"), ("zoë103", "01_a", "02-05", "ada"),
    ]  # fmt: skip
    until(5, 101)
    assert room.pull().added == 1
    room.canvas.overrides[4711] = []
    assert room.pull().taken_back == 1
    assert [e[3] for e in room.extensions()] == ["ada"]


def test_dates_that_differ_are_told(room: Room) -> None:
    assert "due 2027-02-01 22:59" not in told(room.pull())
    room.canvas.assignments[4711]["due_at"] = "2027-02-02T22:59:00Z"
    said = told(room.pull())
    assert "is due 2027-02-02 22:59+00:00 in Canvas, and 2027-02-01 23:59+01:00" in said
    room.canvas.assignments[4712].update(name="B", due_at="2027-02-09T22:59:00Z")
    assert "course.yaml has no `due:` for 02_b" in told(room.pull())


def test_what_the_token_may_not_see_is_named(room: Room) -> None:
    room.canvas.denied = "overrides|sections"
    pulled = room.pull()
    assert "does not let this token's user have the extensions of A (4711)" in told(pulled)
    assert "the sections of course 42. Sections stay unknown." in told(pulled)
    room.canvas.denied = "users"
    with pytest.raises(UsageError, match="does not let this token's user have the students"):
        room.pull()
