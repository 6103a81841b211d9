"""One run of one exercise's tests, with all that was answered to its calls.

Whether an answer is right is asked by each of some fifty ideas, so it is worked out once.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

from grader.judge.diagnosis.agreement import agrees, alike, is_single
from grader.judge.diagnosis.contents import Told, content_of
from grader.judge.diagnosis.draws import Draws, is_like_draw
from grader.judge.diagnosis.echo import Fault
from grader.judge.diagnosis.memory import Manner, Said
from grader.judge.diagnosis.replay import Replay, Run, kind_of_error
from grader.judge.transcript import Call
from grader.sandbox.wire.nodes import HandleNode

__all__ = ["Asked", "Place", "order_of"]

#: Number of a run, and of a call in it.
Place = tuple[int, int]


class Asked:
    """One run, with what the student and the reference answered."""

    def __init__(self, run: Run, right: Replay, draws: Draws) -> None:
        self.run, self.draws = run, draws
        self.questions, self.students = right.questions, _answers(run)
        self._replay, self._right = right, list[Told]()
        self._faults: dict[int, Fault | None] = {}
        self._contents: dict[int, bytes | None] = {}
        self._said: dict[int, Said | None] = {}
        self._singles: dict[int, bool] = {}
        self._places: dict[str, tuple[list[int], list[int]]] = {}

    def right(self, index: int) -> Told:
        """The reference's answer to call number `index`.

        All are worked out at the first question: the global generators belong to one replay at a
        time, and an idea's comes between the questions.
        """
        if not self._right:
            self._right = [self._replay.answer(i) for i in range(len(self.run.calls))]
        return self._right[index]

    def content(self, index: int) -> bytes | None:
        """A digest of the student's answer to call number `index`."""
        if index not in self._contents:
            self._contents[index] = content_of(self.students[index])
        return self._contents[index]

    def said(self, index: int) -> Said | None:
        """What is said of ideas is remembered by this; None if it cannot be."""
        if index not in self._said:
            content = self.content(index)
            known = content and Said(content, not self.run.lost, self.is_strict(index))
            self._said[index] = known or None
        return self._said[index]

    def is_single(self, index: int) -> bool:
        """Whether a call was about numbers of single precision, so that the answer may be."""
        if index not in self._singles:
            self._singles[index] = is_single(self.run.calls[index].args)
        return self._singles[index]

    def is_right(self, index: int) -> bool:
        """Whether the student's answer is the reference's to its value, or was accepted."""
        return not self.run.lost or self._is_right(index, self.manner(index))

    def manner(self, index: int) -> Manner:
        """How values are compared with the reference's."""
        return "strict value" if self.is_strict(index) else "value"

    def is_alike(self, index: int, told: Told, content: bytes | None, manner: Manner) -> bool:
        """Whether an answer, whoever gave it, is the reference's in some manner.

        Args:
            content: its digest: what is known of one is known of all that are the same.
        """

        def compared() -> bool:
            right = self.right(index)
            if manner in ("manners too", "single manners"):
                return alike(right, told, manner == "single manners")
            return agrees(told, right, right, self.is_single(index), manner == "strict value")

        return self.questions[index].is_right(content, manner, compared)

    def _is_right(self, index: int, manner: Manner) -> bool:
        return self.is_alike(index, self.students[index], self.content(index), manner)

    def _is_polite(self, index: int) -> bool:
        """Whether the student's answer is the right one, its dtypes and warnings too."""
        return self._is_right(index, "single manners" if self.is_single(index) else "manners too")

    def fault(self, index: int) -> Fault | None:
        """What is wrong with the student's answer to a call, if anything is.

        Nothing is, if the test accepted it. Nothing is said of a function that is not written.
        """
        if not self.run.lost or self.students[index].error == "MissingFunction":
            return None
        if index not in self._faults:
            s, r = self.students[index], self.right(index)
            wrong = Fault.REFUSAL if r.error else Fault.VALUE
            polite = None if self._is_polite(index) else Fault.MANNER
            right = self.is_right(index) or (self.draws.at(index) and is_like_draw(s, r))
            self._faults[index] = polite if right else wrong
        return self._faults[index]

    def is_strict(self, index: int) -> bool:
        """Whether it is the last answer of a failed test that asks for more than is usual."""
        return index == len(self.run.calls) - 1 and self._asks_for_more

    @functools.cached_property
    def _asks_for_more(self) -> bool:
        """Whether the test failed, though all answers are right to the usual tolerance."""
        first = self.run.lost and not self.run.since
        return first and all(self._is_near(index) for index in range(len(self.run.calls)))

    def _is_near(self, index: int) -> bool:
        """Whether the student's answer is the right one to the tolerance that is usual."""
        return self._is_polite(index) or self.draws.at(index)

    def faulty(self) -> dict[str, Fault]:
        """The functions that gave a wrong answer in this run, with the gravest fault of each."""
        found: dict[str, Fault] = {}
        for index, call in self.calls():
            fault = self.fault(index)
            if fault is not None:
                found |= {f: max(found.get(f, fault), fault) for f in call.functions}
        return found

    def places(self, function: str) -> tuple[list[int], list[int]]:
        """Where a function was called: first the answers with no fault, then those with one."""
        if function not in self._places:
            found = self._places[function] = list[int](), list[int]()
            for index, call in self.calls():
                if function in call.functions:
                    found[self.fault(index) is not None].append(index)
        return self._places[function]

    def calls(self) -> Iterator[tuple[int, Call]]:
        """The calls that are evidence, with their places in the run."""
        return itertools.islice(enumerate(self.run.calls), self.run.since, None)


def order_of(asked: Sequence[Asked], function: str) -> tuple[list[Place], list[Place]]:
    """Where the answers of a function are: first those that are wrong, then those that are not.

    Of each kind, those of failed tests come first.
    """
    runs = sorted(range(len(asked)), key=lambda run: not asked[run].run.lost)
    right, wrong = (
        [(run, index) for run in runs for index in asked[run].places(function)[is_wrong]]
        for is_wrong in (False, True)
    )
    return wrong, right


def _answers(run: Run) -> Sequence[Told]:
    """What the student's code answered, in the same terms."""
    if run.told is not None:
        return run.told
    before, found = 0, []
    for call in run.calls:
        exchange = call.exchange
        new = frozenset(exchange.warnings[before:])
        before = len(exchange.warnings)
        if exchange.raised is not None:
            error = exchange.raised.builtin or kind_of_error(exchange.raised.kind)
            found.append(Told(None, error, exchange.args, new))
        else:
            value = HandleNode(0, "") if exchange.do.keep else exchange.value
            found.append(Told(value, "", exchange.args, new))
    return found
