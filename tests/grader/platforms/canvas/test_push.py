"""Marks into Canvas: never twice, read back, over nobody's marks; whatever ends it, it goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.exports.export import Request
from grader.classroom.exports.filling import Notes
from grader.classroom.exports.lateness import clock, students
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.values import Adjustment
from grader.course.outline import Course
from grader.errors import UsageError
from grader.platforms.canvas import push as pushing
from grader.platforms.canvas.api import Api
from grader.platforms.canvas.plan import Plan
from grader.platforms.canvas.planning import PushAsked, planned
from grader.platforms.canvas.push import Pushed, push
from support import classes
from support.canvas_server import Canvas, Fault

NOW = datetime(2027, 3, 1, tzinfo=UTC)
#: Marks of the class: doe 2.9 of 4 and roe 1.5 of 2.5, of an assignment of four points.
DOE, ROE = 2.9, 2.4


class Room:
    """The class of two, its marks, and its assignment in Canvas."""

    def __init__(self, root: Path, canvas: Canvas, api: Api) -> None:
        self.course = Course.load(root / "course")
        self.canvas, self.api, self.notes = canvas, api, Notes()
        self.book = Gradebook(self.course, str(root / "marks.db"))

    def give(self, student: str, points: int, exercise: str = "length") -> None:
        """A person gives points for an exercise, so that the mark is another one."""
        given = Adjustment(
            0, "override", "ada", NOW, "x", student, exercise=exercise, points=Decimal(points)
        )
        self.book.adjust([given])

    def plan(self, scale: bool = False, **others: Any) -> Plan:
        self.notes = Notes()
        asked = PushAsked(42, **others)
        whose = clock(self.course, asked.late)
        made = Request(self.course, students(self.book, whose), NOW, whose, scale=scale)
        self.asked = asked
        return planned(self.api, asked, made, self.book, self.notes)

    def push(self, **others: Any) -> Pushed:
        plan = self.plan(**others)
        return push(self.api, self.asked, plan, self.book)

    def scores(self) -> tuple[float | None, float | None]:
        return self.canvas.score(4711, 101), self.canvas.score(4711, 102)

    def told(self) -> str:
        return "\n".join(f"{n.heading}: {', '.join(n.lines)}" for n in self.notes.notices())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class, written once: each test has a copy."""
    root = tmp_path_factory.mktemp("class")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WXB_GRADEBOOK", str(root / "marks.db"))
        classes.write(root / "course")
    return root


@pytest.fixture
def room(written: Path, tmp_path: Path, canvas: Canvas, api: Api) -> Iterator[Room]:
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    canvas.student(101, "Jane Doe")
    canvas.student(102, "Richard Roe")
    canvas.test_student(199)
    canvas.assignment(4711, "A", 4)
    opened = Room(tmp_path, canvas, api)
    yield opened
    opened.book.close()


def verdicts(plan: Plan) -> dict[str, tuple[str, str, str]]:
    return {row.student: (row.verdict.action, row.old, str(row.value)) for row in plan.rows}


def test_a_plan_writes_nothing(room: Room) -> None:
    room.canvas.assignments[4711]["post_manually"] = True
    plan = room.plan()
    assert verdicts(plan) == {"doe": ("write", "", "2.90"), "roe": ("write", "", "2.40")}
    assert plan.visible == {"A (4711)": "hidden until you post grades"}
    assert room.canvas.writes == []
    assert room.book.pushes(plan.rows[0].place) == []


def test_marks_are_written_once(room: Room) -> None:
    came = room.push()
    assert (came.written, came.known, came.failures, came.stopped) == (2, 0, [], "")
    assert room.scores() == (DOE, ROE)
    assert len(room.canvas.writes) == 2
    asked = len(room.canvas.asked)
    came = room.push()
    assert (came.written, came.known) == (0, 2)
    assert len(room.canvas.writes) == 2
    assert not [line for line in room.canvas.asked[asked:] if "submissions/1" in line]
    assert {e.value for e in room.book.pushes(room.plan().rows[0].place)} == {"2.90", "2.40"}


def test_a_new_mark_replaces_ours_and_nobody_elses(room: Room) -> None:
    room.push()
    room.give("doe", 3)
    room.give("roe", 3)
    room.canvas.grade(4711, 102, 3.5)
    plan = room.plan()
    assert verdicts(plan)["doe"] == ("write", "2.9", "3.90")
    assert verdicts(plan)["roe"][:2] == ("stays", "3.5")
    assert "given in Canvas by a person on 2027-03-01" in plan.rows[1].verdict.reason
    assert room.push().written == 1
    assert room.scores() == (3.9, 3.5)
    assert room.push(overwrite=True).written == 1
    assert room.scores() == (3.9, 3)


def test_a_persons_equal_mark_given_later_is_theirs(room: Room) -> None:
    room.push()
    room.canvas.grade(4711, 101, DOE, grader=8)
    assert verdicts(room.plan())["doe"][0] == "same"
    room.give("doe", 3)
    assert verdicts(room.plan())["doe"][0] == "stays"


def test_what_stays(room: Room) -> None:
    room.canvas.submissions[4711, 101]["excused"] = True
    room.canvas.grade(4711, 102, 0, grader=None)  # Canvas's own zero for missing work
    plan = room.plan()
    assert verdicts(plan) == {"doe": ("stays", "EX", "2.90"), "roe": ("write", "0", "2.40")}
    room.push(overwrite=True)
    assert room.scores() == (None, ROE)
    del room.canvas.submissions[4711, 101]
    assert room.plan().rows[0].verdict.reason == "not assigned in Canvas"


def test_a_mark_given_after_the_preview_stays(room: Room) -> None:
    plan = room.plan()
    room.canvas.grade(4711, 101, 1)
    came = push(room.api, room.asked, plan, room.book)
    assert room.scores() == (1, ROE)
    assert "Since the preview it is given in Canvas by a person" in came.failures[0].what


@pytest.mark.parametrize("kind", ["drop", "lose", "break", "fail"])
def test_an_unclear_write_is_looked_at_before_it_is_sent_again(kind: str, room: Room) -> None:
    room.canvas.faults.append(Fault(kind, "PUT"))  # type: ignore[arg-type]
    came = room.push()
    assert (came.written, came.failures) == (2, [])
    assert room.scores() == (DOE, ROE)
    assert len(room.canvas.writes) == (2 if kind in ("lose", "break") else 3)


def test_killed_after_it_was_sent_the_next_push_knows_it_as_ours(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(self: Api, *args: Any, **params: Any) -> Any:
        real(self, *args, **params)
        raise KeyboardInterrupt

    real = Api.put
    monkeypatch.setattr(Api, "put", killed)
    came = room.push()
    assert (came.stopped, came.done) == ("Stopped.", 0)
    assert room.scores() == (DOE, None)
    monkeypatch.setattr(Api, "put", real)
    came = room.push()
    assert (came.written, came.known) == (1, 1)
    assert len(room.canvas.writes) == 2
    assert all(entry.seen for entry in room.book.pushes(room.plan().rows[0].place))


def test_a_canvas_that_is_gone_ends_it_and_it_goes_on(room: Room) -> None:
    for number in range(103, 107):
        room.canvas.student(number, f"Student {number}")
    plan = room.plan()
    room.canvas.faults.append(Fault("fail", "submissions/102", times=99))
    came = push(room.api, room.asked, plan, room.book)
    assert (came.written, came.done) == (1, 1)
    assert "goes on where it was" in came.stopped
    room.canvas.faults.clear()
    came = room.push()
    assert (came.written, came.known) == (1, 1)


def test_an_expired_token_and_no_permission_are_sentences(room: Room) -> None:
    room.canvas.faults.append(Fault("expired", "PUT"))
    came = room.push()
    assert "Make a new one in Canvas" in came.stopped
    assert came.written == 0
    room.canvas.denied = "^PUT"
    came = room.push()
    assert came.failures[0].what.startswith("Canvas does not let this token's user")
    assert room.scores() == (None, None)


def test_throttled_in_mid_push(room: Room, waits: list[float]) -> None:
    room.canvas.faults += [Fault("slow", "PUT", times=2), Fault("much", "PUT", times=1, after=1)]
    came = room.push()
    assert (came.written, came.failures) == (2, [])
    assert room.scores() == (DOE, ROE)
    assert waits


def test_what_canvas_makes_something_else_of_is_named(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = room.canvas._give
    monkeypatch.setattr(room.canvas, "_give", lambda s, score, by: real(s, round(score), by))
    came = room.push()
    assert [failure.what for failure in came.failures] == [
        "Canvas made 3 of 2.90.", "Canvas made 2 of 2.40.",
    ]  # fmt: skip


# --- points, lateness, groups -------------------------------------------------------------------


def test_other_points_are_scaled_only_where_that_was_asked_for(room: Room) -> None:
    room.canvas.assignments[4711]["points_possible"] = 100
    with pytest.raises(UsageError, match=r"has 100 points in Canvas, and 01_a has 4\..*--scale"):
        room.plan()
    assert verdicts(room.plan(scale=True))["doe"][2] == "72.50"
    assert "4 points of the course are 100" in room.told()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("grading_type", "pass_fail", "takes no points"),
        ("grading_type", "not_graded", "takes no points"),
        ("moderated_grading", True, "is moderated"),
        ("anonymize_students", True, "graded anonymously"),
    ],
)
def test_assignments_that_take_no_marks(field: str, value: object, said: str, room: Room) -> None:
    room.canvas.assignments[4711] |= {field: value, "grades_published": False}
    with pytest.raises(UsageError, match=said):
        room.plan()


def test_lateness_is_taken_once(room: Room) -> None:
    room.canvas.late_policy = {
        "late_submission_deduction_enabled": True, "late_submission_deduction": 10.0,
        "late_submission_interval": "day",
    }  # fmt: skip
    room.canvas.submissions[4711, 101]["late"] = True
    with pytest.raises(UsageError, match=r"Lateness would be taken twice.*doe.*--late"):
        room.plan()
    room.push(late="lms")
    assert "Canvas takes 10 % for each day itself" in room.told()
    assert room.canvas.score(4711, 101) == 3.5  # nothing lost by wxb
    assert room.canvas.submissions[4711, 101]["score"] == 3.1
    came = room.push(late="wxb")
    assert "switched off for them: Jane Doe (doe), A (4711)" in room.told()
    assert came.written == 1
    found = room.canvas.submissions[4711, 101]
    assert (found["score"], found["entered_score"], found["late_policy_status"]) == (
        DOE,
        DOE,
        "none",
    )
    assert room.push(late="wxb").written == 0


def test_what_canvas_took_off_is_undone_also_where_the_mark_is_the_same(room: Room) -> None:
    room.canvas.late_policy = {
        "late_submission_deduction_enabled": True, "late_submission_deduction": 10.0,
    }  # fmt: skip
    room.canvas.submissions[4711, 101]["late"] = True
    room.canvas.grade(4711, 101, DOE)
    assert room.canvas.submissions[4711, 101]["score"] < DOE
    room.push(late="wxb")
    assert room.canvas.submissions[4711, 101]["score"] == DOE


def test_a_group_that_has_one_mark_gets_one(room: Room) -> None:
    room.canvas.groups = {5: ("Reds", 70, [101, 102])}
    room.canvas.assignments[4711]["group_category_id"] = 70
    plan = room.plan()
    assert {row.verdict.action for row in plan.rows} == {"stays"}
    assert "theirs are not one" in plan.rows[0].verdict.reason
    room.canvas.groups = {5: ("Reds", 70, [101]), 6: ("Blues", 70, [102])}
    room.push()
    assert room.scores() == (DOE, ROE)
    room.canvas.groups = {5: ("Reds", 70, [101, 102])}
    room.canvas.assignments[4711]["grade_group_students_individually"] = True
    assert {row.verdict.action for row in room.plan().rows} == {"same"}


def test_a_mark_that_came_with_the_groups_is_ours_for_each_member(room: Room) -> None:
    room.canvas.groups = {5: ("Reds", 70, [101, 102])}
    room.canvas.assignments[4711]["group_category_id"] = 70
    for student in ("doe", "roe"):
        room.give(student, 3)
        room.give(student, 1, "double")
    came = room.push()
    assert (came.written, came.known, came.failures) == (1, 1, [])
    assert room.scores() == (4, 4)
    for student in ("doe", "roe"):
        room.give(student, 2)
    assert {row.verdict.action for row in room.plan().rows} == {"write"}
    room.push()
    assert room.scores() == (3, 3)


def test_two_pushes_at_a_time_are_one(room: Room) -> None:
    plan = room.plan()

    def other(name: str, total: int) -> None:
        with pytest.raises(UsageError, match="Another grade push is at work"):
            push(room.api, room.asked, plan, room.book)

    came = push(room.api, room.asked, plan, room.book, other)
    assert (came.written, len(room.canvas.writes)) == (2, 2)


def test_people_are_found_by_any_id_and_strangers_are_named(room: Room) -> None:
    room.canvas.student(104, "Edgar Poe")
    room.canvas.users[101].update(id=101, name="J. Doe")
    del room.canvas.users[102]
    plan = room.plan()
    assert verdicts(plan).keys() == {"doe"}
    assert "nobody whom the gradebook knows: Edgar Poe (104)" in room.told()
    assert "Students who are not in Canvas: Richard Roe (roe)" in room.told()


# --- comments -----------------------------------------------------------------------------------


def test_comments_are_added_once_and_say_what_feedback_says(room: Room) -> None:
    came = room.push(comments=True)
    assert came.comments == 2
    [text] = room.canvas.comments(4711, 101)
    assert text.startswith("01_a  A: 2.9 of 4")
    assert "test_two" not in text
    assert room.push(comments=True).comments == 0
    room.canvas.submissions[4711, 101]["submission_comments"].clear()  # a person deleted it
    assert room.push(comments=True).comments == 0
    assert len(room.canvas.writes) == 4


@pytest.mark.parametrize("kind", ["drop", "lose", "break", "fail"])
def test_an_unclear_comment_is_there_once_in_the_end(kind: str, room: Room) -> None:
    room.push()
    room.canvas.faults.append(Fault(kind, "PUT"))  # type: ignore[arg-type]
    came = room.push(comments=True)
    assert len(came.failures) == (0 if kind in ("lose", "break") else 1)
    room.push(comments=True)
    assert [len(room.canvas.comments(4711, user)) for user in (101, 102)] == [1, 1]


def test_comments_wait_for_who_can_still_hand_in(room: Room) -> None:

    later = NOW.replace(year=2028)
    room.book.adjust([Adjustment(0, "extend", "ada", NOW, "", "roe", unit="01_a", until=later)])
    came = room.push(comments=True)
    assert came.comments == 0
    assert "Comments wait" in room.told()


def test_three_failures_in_a_row_end_it(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "_FAULTS", 2)
    room.canvas.denied = "^PUT"
    came = room.push()
    assert "2 marks in a row could not be written" in came.stopped
