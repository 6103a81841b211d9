"""What pages are told of a class, on both databases, by a class that is small enough to count."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight import read
from grader.classroom.insight.refresh import is_behind, refresh
from grader.classroom.people import Person
from support.gradebooks import ANGLE, DAY, DOUBLE, DUE, LENGTH, attempt, blank
from support.gradebooks import result as judged

Open = Callable[..., Gradebook]

PEOPLE = [
    Person(f"s{n}", f"Student {n}", f"s{n}@example.org", "monday" if n < 6 else "friday")
    for n in range(10)
]
SHAPE = "Wrong shape: expected (2,), got (3,)."


@pytest.fixture
def taught(book: Gradebook) -> Gradebook:
    """Ten students. Of `length`, s0 to s3 pass at first, s4 and s5 at the second attempt after an
    idea, s6 and s7 keep the idea, s8 has a wrong answer that none explains, s9 does nothing.
    `double` is passed by s0 to s4; `angle` by s0 alone, s1 does not begin it.
    """
    book.import_roster(PEOPLE)
    for n in range(9):
        first = judged(LENGTH, sources=f"r{n}")
        if n >= 4:
            first = judged(LENGTH, test_one="failed", sources=f"w{n}", message=SHAPE)
        if n == 8:
            first = msgspec.structs.replace(first, diagnoses=())
        two = judged(DOUBLE) if n < 5 else blank(DOUBLE)
        hand_in(book, n, 1, [first, two])
        if n in (4, 5):
            hand_in(book, n, 2, [judged(LENGTH, sources=f"r{n}"), two])
        if n in (6, 7):
            again = judged(LENGTH, test_one="failed", sources=f"w{n}b", message=SHAPE)
            hand_in(book, n, 2, [again, two])
    hand_in(book, 0, 1, [judged(ANGLE)], "02_b")
    hand_in(book, 1, 1, [blank(ANGLE)], "02_b")
    refresh(book)
    return book


def hand_in(book: Gradebook, n: int, number: int, results: list[object], unit: str = "01_a") -> int:
    one = attempt(f"s{n}", number, unit, DUE - (9 - number) * DAY, f"{n}.{number}.{unit}")
    one = msgspec.structs.replace(one, source="gradescope")
    return book.settle(one, results)  # type: ignore[arg-type]


def test_the_class_at_a_glance(taught: Gradebook) -> None:
    found = read.overview(taught)
    assert (found.people, found.with_work, found.hand_ins) == (10, 9, 15)
    assert found.sections == {"friday": 4, "monday": 6}
    assert (found.kept, found.behind) == ("all", False)
    assert found.as_of is not None
    # 9 students tried length, 5 double, 1 angle; 4 + 5 + 1 passed at first, 6 + 5 + 1 ever.
    assert (found.first.value, found.eventual.value) == (10 / 15, 12 / 15)
    assert [(step.exercise, step.reached, step.passed) for step in found.funnel] == [
        ("length", 9, 6), ("double", 5, 5), ("angle", 1, 1),
    ]  # fmt: skip
    assert [each.idea for each in found.ideas] == ["Idea"]
    assert sum(each.count for each in found.scores) == 9


def test_an_exercise_as_a_row(taught: Gradebook) -> None:
    length, double, angle = read.items(taught)
    assert (length.reached, length.tried, length.kept) == (9, 9, "all")
    assert (length.first.value, length.last.value, length.eventual.value) == (4 / 9, 6 / 9, 6 / 9)
    assert (length.attempts.value, length.quartiles) == (2.0, (1.0, None))
    assert length.top is not None
    assert (length.top.idea, length.top.students, length.top.still) == ("Idea", 4, 2)
    assert (double.reached, double.tried) == (9, 5)
    assert double.discrimination.value is None
    assert double.discrimination.why.startswith("All have the same score here")
    assert (angle.reached, angle.tried) == (2, 1)
    assert "few" in length.flags


def test_all_about_an_exercise(taught: Gradebook) -> None:
    page = read.item(taught, "length")
    assert page.to_pass == {1: 4, 2: 2}
    assert {each.layer: (each.students, each.first) for each in page.layers} == {
        "shape": (3, 5), "passed": (6, 4),
    }  # fmt: skip
    one, two = page.tests
    assert one.outcomes == {"failed": 3, "passed": 6}
    assert (one.passed.value, one.first.value, two.passed.value) == (6 / 9, 4 / 9, 1.0)
    [cluster] = page.clusters
    assert (cluster.tests, cluster.layer, cluster.message) == (("test_one",), "shape", SHAPE)
    assert cluster.students == 1
    with pytest.raises(KeyError):
        read.item(taught, "nothing")


def test_who_they_are(taught: Gradebook) -> None:
    def keys(**asked: object) -> list[str]:
        found = read.who(taught, "length", **asked)  # type: ignore[arg-type]
        assert found.total == len(found.rows)
        return [row.key for row in found.rows]

    assert keys(test="test_one") == ["s6", "s7", "s8"]
    assert keys(test="test_one", outcome="passed") == ["s0", "s1", "s2", "s3", "s4", "s5"]
    assert keys(test="test_one", outcome="timeout") == keys(test="no_such_test") == []
    assert keys(idea="Idea") == ["s6", "s7"]
    assert keys(idea="Idea", still=False) == ["s4", "s5", "s6", "s7"]
    [cluster] = read.item(taught, "length").clusters
    assert keys(signature=cluster.signature) == ["s8"]
    assert keys(layer="shape", section="friday") == ["s6", "s7", "s8"]
    assert keys(passed=False) == ["s6", "s7", "s8"]


def test_wrong_ideas_over_the_course(taught: Gradebook) -> None:
    heat = read.misconceptions(taught)
    assert [(each.exercise, each.idea, each.students) for each in heat.cells] == [
        ("length", "Idea", 4)
    ]
    assert heat.units["01_a"].value == 4 / 9
    assert heat.spread == ()
    wrong = judged(DOUBLE, test_one="failed", sources="d")
    hand_in(taught, 6, 3, [judged(LENGTH, test_one="failed", sources="w6c"), wrong])
    refresh(taught)
    [spread] = read.misconceptions(taught).spread
    assert (spread.student, [each.exercise for each in spread.ideas]) == (
        "s6", ["length", "double"],
    )  # fmt: skip


def test_an_idea_that_stays(taught: Gradebook) -> None:
    """s4, s6 and s7 had the idea in `length` and tried `double`: two of them had it there, too."""
    for n in (6, 7):
        assert read.misconceptions(taught).again == ()  # one alone is no pattern
        hand_in(taught, n, 3, [judged(DOUBLE, test_one="failed", sources=f"d{n}")])
        refresh(taught)
    [again] = read.misconceptions(taught).again
    assert (again.idea, again.exercise, again.other) == ("Idea", "length", "double")
    assert (again.share.value, again.share.n) == (2 / 3, 3)
    assert (again.usual.value, again.usual.n) == (2 / 7, 7)


def test_figures_of_an_older_version_are_shown_and_made_anew(
    taught: Gradebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_behind(taught)
    monkeypatch.setattr("grader.classroom.gradebook.figures._FORMULAS", 99)
    assert is_behind(taught)
    old = msgspec.json.decode(msgspec.json.encode(read.items(taught)[0]))
    new = ("upper_lower", "efficiency", "weight", "alpha_without")
    kept = msgspec.convert(
        {k: v for k, v in old.items() if k not in new}, type(read.items(taught)[0])
    )
    assert {getattr(kept, name).value for name in new} == {None}
    refresh(taught)
    assert not is_behind(taught)


def test_the_tests_themselves(taught: Gradebook) -> None:
    found = read.quality(taught)
    assert [(each.exercise, each.test) for each in found.quiet] == [
        ("length", "test_two"), ("double", "test_one"), ("angle", "test_one"),
    ]  # fmt: skip
    assert found.flaky == ()
    hand_in(taught, 0, 2, [judged(LENGTH, test_two="timeout", sources="r0")])
    hand_in(taught, 2, 2, [judged(LENGTH, test_one="failed", test_two="failed", sources="b")])
    refresh(taught)
    [flaky] = read.quality(taught).flaky
    assert (flaky.exercise, flaky.tests) == ("length", {"test_two": ("passed", "timeout")})
    assert len(flaky.gradings) == 2
    assert "flaky" in read.items(taught)[0].flags


def test_who_needs_help_now(taught: Gradebook) -> None:
    found = read.now(taught)
    assert [(each.student, each.reasons[0].kind) for each in found.needs] == [
        ("s6", "same_idea"), ("s7", "same_idea"),
    ]  # fmt: skip
    assert [(each.student, each.section) for each in found.waiting] == [("s9", "friday")]
    assert (found.needing, found.missing, found.unusual) == (2, 1, 0)
    assert read.now(taught, section="monday").missing == 0
    assert len(read.now(taught, size=1).needs) == 1
    hand_in(taught, 3, 2, [judged(LENGTH, test_two="timeout", sources="t")])
    [odd] = read.now(taught).unsettled
    assert (odd.student, odd.exercise, odd.outcome) == ("s3", "length", "timeout")


def test_pages_of_students(taught: Gradebook) -> None:
    page = read.students(taught, size=4, page=3)
    assert ([row.key for row in page.rows], page.number, page.pages, page.total) == (
        ["s8", "s9"], 3, 3, 10,
    )  # fmt: skip
    assert read.students(taught, size=4, page=99).number == 3
    assert [row.key for row in read.students(taught, search="STUDENT 7 s7@").rows] == ["s7"]
    assert read.students(taught, search="nobody").pages == 1
    assert read.students(taught, section="friday").total == 4
    assert read.students(taught, section="").total == 0


def test_each_order_is_whole_whichever_way(taught: Gradebook) -> None:
    def listed(sort: str, down: bool) -> list[str]:
        pages = [
            read.students(taught, size=4, page=n, sort=sort, down=down).rows for n in (1, 2, 3)
        ]
        return [row.key for rows in pages for row in rows]

    for sort in read.SORTS:
        up, down = listed(sort, False), listed(sort, True)
        assert sorted(up) == sorted(down) == [f"s{n}" for n in range(10)], sort
        if sort in ("tried", "score", "last_at"):
            assert up[-1] == down[-1] == "s9", sort  # who has none comes last
            assert up != down


def test_a_student(taught: Gradebook) -> None:
    found = read.student(taught, "s4")
    assert found.person.name == "Student 4"
    assert [(each.exercise, each.attempts, each.passed_on) for each in found.standings] == [
        ("length", 2, 2), ("double", 2, 1),
    ]  # fmt: skip
    assert [(each.number, each.passed, each.tried) for each in found.timeline] == [
        (1, 1, 2), (2, 2, 2),
    ]  # fmt: skip
    assert found.timeline[0].ideas == {"length": ("Idea",)}
    assert [(each.idea, each.still) for each in found.ideas] == [("Idea", False)]
    assert found.marks.earned > 0
    assert read.student(taught, "s9").timeline == ()
    with pytest.raises(KeyError):
        read.student(taught, "nobody")


def test_two_hand_ins_side_by_side(taught: Gradebook) -> None:
    a, b = [each.submission for each in read.student(taught, "s4").timeline]
    found = read.compare(taught, a, b)
    assert (found.a_student, found.b_student) == ("s4", "s4")
    length, double = found.exercises
    assert (length.same, double.same) == (False, True)
    one = length.tests[0]
    assert (one.a, one.b, one.a_message, one.b_message) == ("failed", "passed", SHAPE, "")
    assert length.a_code is None  # its files are nowhere
    with pytest.raises(KeyError):
        read.compare(taught, a, 999)


def test_sections(taught: Gradebook) -> None:
    friday, monday = read.cohorts(taught)
    assert (friday.section, friday.people, friday.with_work) == ("friday", 4, 3)
    assert friday.items["length"].value == 0.0
    assert monday.items["length"].value == 1.0
    assert monday.eventual.n == 12


def test_of_last_hand_ins_first_attempts_are_undefined(book: Gradebook) -> None:
    book.settle(attempt("doe"), [judged(LENGTH)])
    refresh(book)
    [length, *_] = read.items(book)
    assert (length.kept, length.first.value, length.attempts.value) == ("last", None, None)
    assert length.first.why.startswith("Only last hand-ins are known")
    assert read.overview(book).kept == "last"


def test_before_anything_was_worked_out_or_handed_in(book: Gradebook) -> None:
    found = read.overview(book)
    assert (found.as_of, found.people) == (None, 0)
    assert all(each.first.value is None for each in read.items(book))
    assert read.now(book).needs == ()
    assert read.cohorts(book) == ()
    refresh(book)
    assert read.overview(book).as_of is not None


def test_who_has_left_is_not_counted(taught: Gradebook) -> None:
    taught.import_roster(PEOPLE[:6])
    refresh(taught)
    found = read.overview(taught)
    assert (found.people, found.sections) == (6, {"monday": 6})
    assert read.items(taught)[0].tried == 6
    assert read.students(taught, everyone=True).total == 10


def test_as_of_stays_until_figures_are_worked_out(taught: Gradebook) -> None:
    before = read.overview(taught)
    hand_in(taught, 9, 1, [judged(LENGTH, sources="r9")])
    behind = read.overview(taught)
    assert (behind.as_of, behind.behind, behind.with_work) == (before.as_of, True, 9)
    refresh(taught)
    assert read.overview(taught).with_work == 10
