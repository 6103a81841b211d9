"""What is remembered of questions and of the answers to them."""

from __future__ import annotations

import numpy as np

from grader.judge.diagnosis.contents import Told, content_of
from grader.judge.diagnosis.memory import Answer, Key, Memory, Question, Said, Says


def asked(memory: Memory, digest: bytes = b"1") -> Question:
    return memory.questions("sums", [Key(digest)])[0]


def test_a_question_is_known_by_its_exercise_and_its_digest() -> None:
    memory = Memory()
    question = asked(memory)
    question.answer(Told(1.0), "TakesTheMean")
    assert asked(memory) is question
    assert asked(memory).answers["TakesTheMean"].told == Told(1.0)
    assert asked(memory, b"2").answers == {}
    assert memory.questions("other", [Key(b"1")])[0].answers == {}


def test_the_same_answer_is_held_once() -> None:
    question = asked(Memory())
    one = question.answer(Told(np.ones(2)), "one")
    assert question.answer(Told(np.ones(2)), "two") is one
    assert question.answer(Told(np.ones(2))) is one
    assert question.answer(Told(np.zeros(2)), "three") is not one
    assert set(question.answers) == {"one", "two", "three"}
    unknown = question.answer(Told({1, 2}))
    assert question.answer(Told({1, 2})) is not unknown, "there is no telling"


def test_what_is_found_out_is_kept() -> None:
    question = asked(Memory())
    answer, said = question.answer(Told(1.0), "one"), Said(b"content", False, False)
    question.note(answer, said, Says(("other", "value")))
    assert question.answer(Told(1.0), "two").says[said].sign == ("other", "value")

    looks: list[bool] = []

    def compare() -> bool:
        looks.append(True)
        return True

    content = content_of(Told(1.0))
    assert question.is_right(content, "value", compare)
    assert question.is_right(content, "value", compare)
    assert len(looks) == 1
    assert question.is_right(content, "strict value", compare)
    assert question.is_right(None, "value", compare)
    assert question.is_right(None, "value", compare)
    assert len(looks) == 4


def test_too_many_are_forgotten() -> None:
    memory = Memory(most=1 << 12)
    first = asked(memory, b"0")
    for n in range(1, 40):
        asked(memory, bytes([n])).answer(Told(1.0), "one")
    assert asked(memory, b"0") is not first
    assert memory._bytes < 1 << 13


def test_large_ones_are_not_kept_for_good() -> None:
    """A student's answer may be the argument that makes them large, submission after submission."""
    memory = Memory(most=1 << 16)
    huge = asked(memory).answer(Told([np.zeros(1 << 10)]), "one")
    assert isinstance(huge, Answer)
    assert asked(memory).answers == {}
    for n in range(40):
        question = asked(memory, bytes([n]))
        question.answer(Told({"w": np.full(256, n)}, "", (np.zeros(4),)), "one")
    kept = [n for n in range(40) if asked(memory, bytes([n])).answers]
    assert kept
    assert len(kept) < 32
    assert kept[-1] == 39
