"""The situations in which students hold a wrong idea, played with the course's own code.

The whole idea, with all else right, is proved over the border. Students are rarely there: they have
one function wrong and its twin right, or have not begun the next one, or added the guard that the
docstring asks for. What the student would answer in each of these is worked out here, from the
idea's functions and the solution's, without a worker.
"""

from __future__ import annotations

import inspect
import itertools
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from types import ModuleType
from typing import Any

import msgspec

from grader.judge.diagnosis.agreement import alike
from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.diagnose import diagnose, wrong_in
from grader.judge.diagnosis.memory import Memory
from grader.judge.diagnosis.replay import NO_HANDLE, Run, keys_of, replays
from grader.judge.diagnosis.variants import Variant
from grader.sandbox.wire.values import identical

__all__ = ["Situation", "Stage", "situations"]


#: What a call comes to that reaches a function which is not begun.
_NOT_BEGUN = Told(error="MissingFunction")


class Situation(msgspec.Struct, frozen=True):
    """A part of a wrong idea, and what stands around it.

    Args:
        told: how it is told of, after the idea's name.
        wrong: the functions that are the idea's.
        unwritten: the functions that are not begun.
        guarded: whether it refuses what the reference refuses.
    """

    told: str
    wrong: frozenset[str]
    unwritten: frozenset[str] = frozenset()
    guarded: bool = False

    def of(self, idea: Variant) -> Variant:
        """The student's module."""
        label = f"{idea.name} {self.told}"
        return idea.part(label, self.wrong, dict.fromkeys(self.unwritten, _unwritten))


def _unwritten(*args: Any, **kwargs: Any) -> Any:
    raise NotImplementedError


def situations(idea: Variant, reference: Variant) -> Iterator[Situation]:
    """The situations of one idea; the whole of it beside right functions is not among them."""
    functions = _public(reference.shared_module())
    shown = [name for name in functions if name in idea.replaces]
    helpers = idea.replaces - set(shown)
    last = max((functions.index(name) for name in shown), default=-1)
    others = frozenset(functions) - idea.replaces
    later = frozenset(functions[last + 1 :]) & others
    if others:
        yield Situation("alone, all else not begun", idea.replaces, others)
    if shown and later and later != others:
        yield Situation("with later functions not begun", idea.replaces, later)
    if len(shown) > 1:
        for name in shown:
            yield Situation(f"in {name} alone, its twin right", helpers | {name})
    yield Situation("with the guards of the docstring", idea.replaces, guarded=True)


def _public(module: ModuleType) -> list[str]:
    """The module's own functions and classes that students write, in the order of its text."""
    found = {
        name: _line(value)
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    }
    return sorted((name for name in found if found[name]), key=lambda name: found[name])


def _line(value: Any) -> int:
    if isinstance(value, type):
        lines = [_line(item) for item in vars(value).values() if inspect.isfunction(item)]
        return min(lines, default=0)
    return int(value.__code__.co_firstlineno) if inspect.isfunction(value) else 0


class Stage:
    """One exercise's questions, and the code that answers them.

    Args:
        runs: what the reference was asked.
        wrong: all misconceptions of the exercise.
        memory: what each of them answered.
        text: the solution's, for a student's: which function uses which.
    """

    def __init__(
        self,
        runs: Sequence[Run],
        reference: Variant,
        wrong: Sequence[Variant],
        memory: Memory,
        text: str,
    ) -> None:
        draws = any(variant.draws for variant in (reference, *wrong))
        self._keys = [keys_of(run, draws) for run in runs]
        pairs = zip(runs, self._keys, strict=True)
        self._runs = [msgspec.structs.replace(run, keys=keys) for run, keys in pairs]
        self._reference, self._wrong = reference, wrong
        self._memory, self._text = memory, text
        self._named: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._held: list[object] = []  # what those are named by: an id lasts as long as its object

    def named_in(
        self, situation: Situation, idea: Variant, lost: Container[str]
    ) -> tuple[str, ...] | None:
        """The misconceptions that are named in one situation.

        None if there is nothing of the idea in it: all is right, or it is another idea, as proved.

        Args:
            lost: the tests that the whole of the idea loses.
        """
        if situation.guarded and self._is_of_guards(idea):
            return None  # with the guards, nothing of it is left
        told = self._answers(situation, idea)
        played = [
            _played(run, answers, run.test in lost)
            for run, answers in zip(self._runs, told, strict=True)
        ]
        faulty = wrong_in(played, self._reference, self._memory)
        still_lost = {run.test for run, found in zip(played, faulty, strict=True) if found}
        if not still_lost:
            return None
        functions = frozenset().union(*faulty)
        answered = tuple(
            (index, number, id(answer))
            for index, (run, answers) in enumerate(zip(self._runs, told, strict=True))
            for number, (call, answer) in enumerate(zip(run.calls, answers, strict=True))
            if call.functions & functions
        )
        # What right functions answer, or do not answer yet, is no evidence.
        key = (idea.name, frozenset(still_lost), sum(len(run.calls) for run in played), answered)
        if key not in self._named:
            self._held.append(told)
            self._named[key] = self._diagnosed(played, still_lost)
        named = self._named[key]
        hints = {other.name: other.hint for other in self._wrong}
        if named and all(hints[name] == idea.hint for name in named):
            return (idea.name,)  # ideas that say the same to a student are one
        for other in self._alike(idea, named, situation):
            if self._is_other(other, situation, told, functions, still_lost):
                return None
        return named

    def _diagnosed(self, played: Sequence[Run], lost: Container[str]) -> tuple[str, ...]:
        runs = [msgspec.structs.replace(run, lost=run.test in lost) for run in played]
        found = diagnose(runs, (), self._reference, self._wrong, self._memory, self._text)
        return tuple(each.misconception for each in found.diagnoses)

    def _alike(
        self, idea: Variant, named: tuple[str, ...], situation: Situation
    ) -> Iterator[Variant]:
        """The ideas that may be this one, here.

        It is the one that is named; or, where functions are not begun that would tell two ideas
        apart, any other: it will be told once they are written.
        """
        for other in self._wrong:
            if other.name != idea.name and (
                named == (other.name,) or (situation.unwritten and not named)
            ):
                yield other

    def _is_other(
        self,
        other: Variant,
        situation: Situation,
        told: Sequence[tuple[Told, ...]],
        functions: frozenset[str],
        lost: Container[str],
    ) -> bool:
        """Whether these functions answer in lost tests as another idea does: here it is that."""
        theirs = self._answers(situation, other) if situation.guarded else self._all(other)
        return all(
            mine is _NOT_BEGUN or alike(mine, answer)
            for run, ours, answers in zip(self._runs, told, theirs, strict=True)
            if run.test in lost
            for call, mine, answer in zip(run.calls, ours, answers, strict=True)
            if call.functions & functions
        )

    def _is_of_guards(self, idea: Variant) -> bool:
        """Whether most wrong answers of an idea are to calls that the reference refuses."""
        wrong = Counter(
            bool(right.error)
            for told, rights in zip(self._all(idea), self._all(self._reference), strict=True)
            for answer, right in zip(told, rights, strict=True)
            if not alike(right, answer)
        )
        return wrong[True] >= wrong[False]

    def _answers(self, situation: Situation, idea: Variant) -> list[tuple[Told, ...]]:
        """What the student answers to all calls, run by run."""
        whole, right = self._all(idea), self._all(self._reference)
        if situation.guarded:
            return [
                tuple(guard if guard.error else told for guard, told in zip(*pair, strict=True))
                for pair in zip(right, whole, strict=True)
            ]
        # What is the same as the whole idea's, or as the reference's, is the very same answer.
        mixed = self._all(situation.of(idea), Memory())
        return [
            tuple(itertools.starmap(_known, zip(*each, strict=True)))
            for each in zip(mixed, whole, right, strict=True)
        ]

    def _all(self, variant: Variant, memory: Memory | None = None) -> list[list[Told]]:
        """A variant's answers to all calls, run by run."""
        known = memory or self._memory
        questions = [known.questions(variant.exercise.id, keys) for keys in self._keys]
        return [
            [replay.answer(index) for index in range(len(replay.questions))]
            for replay in replays(variant, self._runs, questions)
        ]


def _played(run: Run, told: tuple[Told, ...], lost: bool) -> Run:
    """A run with the student's answers.

    A call that reaches what is not begun leaves objects as they were, so others must not hear of
    it either; where there are no objects it only says nothing.
    """
    begun = [index for index, answer in enumerate(told) if answer is not _NOT_BEGUN]
    if len(begun) == len(told) or not any(call.exchange.kept for call in run.calls):
        return msgspec.structs.replace(run, lost=lost, told=told)
    calls = tuple(run.calls[index] for index in begun)
    return Run(run.test, run.seed, lost, calls, told=tuple(told[index] for index in begun))


def _known(mixed: Told, *others: Told) -> Told:
    """An answer, or one of the others if it is just the same."""
    if mixed.error in (NotImplementedError.__name__, NO_HANDLE):
        return _NOT_BEGUN
    return next((other for other in others if _is_same(mixed, other)), mixed)


def _is_same(a: Told, b: Told) -> bool:
    return (a.error, a.warnings) == (b.error, b.warnings) and identical(
        (a.value, a.args), (b.value, b.args)
    )
