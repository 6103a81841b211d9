"""A class by a seed: always the same, and such as classes are."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from grader import Course
from grader.classroom.people import Person
from grader.web.demo.bank import Text
from grader.web.demo.growing import HandIn, grown, people

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
TEXTS = [
    Text("right", "a"), Text("right", "b"), Text("idea", "c", "One"), Text("idea", "d", "Two"),
    Text("half", "e"), Text("stub", "f"), Text("broken", "g"),
]  # fmt: skip


def handed_in(course: Course, seed: int = 1, count: int = 120) -> list[HandIn]:
    chance = random.Random(seed)
    class_ = people([], count, chance)
    bank = {exercise.id: TEXTS for exercise in course.exercises}
    return list(grown(course, class_, bank, NOW, chance))


def test_the_same_seed_gives_the_same_class(own_course: Course) -> None:
    assert handed_in(own_course) == handed_in(own_course)
    assert handed_in(own_course) != handed_in(own_course, seed=2)


def test_attempts_are_counted_follow_each_other_and_lie_in_the_past(own_course: Course) -> None:
    last: dict[tuple[str, str], HandIn] = {}
    for each in handed_in(own_course):
        before = last.get((each.student, each.unit))
        assert each.number == (before.number + 1 if before else 1)
        assert before is None or before.at < each.at
        assert each.at <= NOW
        last[each.student, each.unit] = each


def test_what_is_right_stays_right_and_who_is_done_hands_in_no_more(own_course: Course) -> None:
    before: dict[tuple[str, str], HandIn] = {}
    for each in handed_in(own_course):
        old = before.get((each.student, each.unit))
        if old is not None:
            kept = [n for n, text in old.texts.items() if TEXTS[text].kind == "right"]
            assert len(kept) < len(old.texts)
            assert all(each.texts[name] == old.texts[name] for name in kept)
        before[each.student, each.unit] = each


def test_it_is_such_as_classes_are(own_course: Course) -> None:
    found = handed_in(own_course)
    firsts = [TEXTS[n].kind == "right" for e in found if e.number == 1 for n in e.texts.values()]
    assert 0.35 < sum(firsts) / len(firsts) < 0.75
    begun = {each.student for each in found}
    assert 105 <= len(begun) < 120  # some hand in nothing
    finished = {each.student for each in found if each.unit == own_course.units[-1].id}
    assert len(finished) < len(begun)  # some have left
    assert 1.3 < len(found) / len({(e.student, e.unit) for e in found}) < 3.5
    assert max(each.at for each in found) > NOW - timedelta(days=2)


def test_the_class_that_ships_comes_first() -> None:
    found = people([Person("s01", "Ada Brandt", "a@example.org")], 120, random.Random(1))
    assert (found[0].name, len(found)) == ("Ada Brandt", 120)
    assert len({each.key for each in found}) == 120
    assert len({each.section for each in found}) == 3


def test_two_students_hand_in_the_same_rare_texts(own_course: Course) -> None:
    chance = random.Random(1)
    class_ = people([], 120, chance)
    bank = {e.id: [*TEXTS, Text("rare", "r")] for e in own_course.exercises}
    found = [
        (each.student, each.unit)
        for each in grown(own_course, class_, bank, NOW, chance)
        if len(TEXTS) in each.texts.values()
    ]
    assert len({student for student, _ in found}) == 2
    assert len(found) == 6
