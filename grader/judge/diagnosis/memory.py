"""What the course's own code answered, question by question, for all submissions.

Students of one class are asked the same questions and make the same mistakes. Some fifty ideas have
few answers between them: each answer is held once, with all that was found out about it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from grader.judge.diagnosis.contents import Told, content_of
from grader.judge.diagnosis.evidence import Level, Sign

__all__ = ["Answer", "Key", "Manner", "Memory", "Question", "Said", "Says"]

#: About how many bytes an entry takes, beside the value in it.
_ENTRY = 256

#: How an answer is compared with the reference's: its dtypes and warnings count, where numbers may
#: be rounded to single precision or not; or its value alone does, to the usual tolerance or to
#: roundings.
Manner = Literal["manners too", "single manners", "value", "strict value"]


class Key(NamedTuple):
    """What tells one question from another.

    Args:
        digest: of the question; and of all before it, unless it stands alone.
        alone: its answer does not depend on what was asked before.
    """

    digest: bytes
    alone: bool = False


class Said(NamedTuple):
    """What a student said, as far as a sign depends on it.

    Args:
        content: see `content_of`.
        accepted: the test passed.
        strict: it is compared strictly (`agreement.agrees`).
    """

    content: bytes
    accepted: bool
    strict: bool


class Says(NamedTuple):
    """What an answer of a student's says of an idea, and whether they are the same to the bit."""

    sign: tuple[Sign, Level]
    exact: bool = False


class Answer:
    """One answer of the course's code to one question, whoever gave it.

    Args:
        says: what students' answers say of an idea that answers so.
    """

    __slots__ = ("content", "says", "told")

    def __init__(self, told: Told, content: bytes | None) -> None:
        self.told, self.content = told, content
        self.says: dict[Said, Says] = {}


class Question:
    """One question, and what is known of the answers to it.

    Args:
        answers: of variants that keep no state, by their keys.
    """

    def __init__(self, key: Key, memory: Memory) -> None:
        self.key, self._memory = key, memory
        self.answers: dict[str, Answer] = {}
        self._by_content: dict[bytes, Answer] = {}
        self._right: dict[tuple[bytes, Manner], bool] = {}

    def answer(self, told: Told, variant: str | None = None) -> Answer:
        """An answer with all that is known of it.

        Args:
            variant: who answers so; None if it is not to be remembered.
        """
        content = content_of(told)
        found = self._by_content.get(content) if content is not None else None
        if found is None:
            found = Answer(told, content)
            size = _size(told.value) + _size(told.args)
            if not self._memory.has_room(size):
                return found  # a student's answer may be the argument that made it so large
            if content is not None:
                self._by_content[content] = found
            self._memory.add(size)
        if variant is not None:
            self.answers[variant] = found
            self._memory.add()
        return found

    def is_right(self, content: bytes | None, manner: Manner, compare: Callable[[], bool]) -> bool:
        """Whether an answer of this content is the reference's, in this manner.

        Args:
            compare: says so where it is not known.
        """
        if content is None:
            return compare()
        right = self._right.get((content, manner))
        if right is None:
            right = self._right[content, manner] = compare()
            self._memory.add()
        return right

    def note(self, answer: Answer, said: Said, says: Says) -> None:
        """Remember what a student's answer says of one of the course's."""
        answer.says[said] = says
        self._memory.add()


class Memory:
    """All questions that were asked of the course's code.

    Args:
        most: bytes after which all is forgotten.
    """

    def __init__(self, most: int = 1 << 28) -> None:
        self._questions: dict[tuple[str, bytes], Question] = {}
        self._most, self._bytes = most, 0

    def questions(self, exercise: str, keys: Sequence[Key]) -> list[Question]:
        """The questions of these keys. What is too much is forgotten before."""
        if self._bytes > self._most:
            self._questions.clear()
            self._bytes = 0
        found = []
        for key in keys:
            question = self._questions.get((exercise, key.digest))
            if question is None:
                question = self._questions[exercise, key.digest] = Question(key, self)
                self.add()
            found.append(question)
        return found

    def has_room(self, size: int) -> bool:
        """Whether one answer of so many bytes can be remembered."""
        return size <= self._most // 16

    def add(self, size: int = 0) -> None:
        """There is one entry more, which holds so many bytes."""
        self._bytes += _ENTRY + size


def _size(value: Any) -> int:
    """About how many bytes a value takes."""
    if isinstance(value, list | tuple | dict):
        inner = value.values() if isinstance(value, dict) else value
        return 64 + sum(map(_size, inner))
    return 64 + int(getattr(value, "nbytes", 0))
