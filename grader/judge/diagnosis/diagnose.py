"""Naming the wrong idea: which misconception would have answered as the student did?

For each call of an exercise's tests the judge has arguments, answer and arguments afterwards. The
reference and each misconception answer the same calls in order. An idea is judged for each function
that it replaces, by the answers of that function alone: evidence.py says what an answer means,
naming.py which idea is named in the end. What is asked of a result, an object's method for
instance, counts as a call to the function it came from.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from grader.judge.diagnosis.agreement import (
    Standing,
    alike,
    is_exact,
    is_narrow,
    sign,
)
from grader.judge.diagnosis.asked import Asked, is_value, order_of
from grader.judge.diagnosis.draws import Draws, sign_of_draws
from grader.judge.diagnosis.echo import Fault, Repeats, echoes, uses
from grader.judge.diagnosis.evidence import Evidence, Level, Sign, gathered, is_hopeless
from grader.judge.diagnosis.naming import Candidate, names
from grader.judge.diagnosis.replay import (
    Memory,
    Replay,
    Run,
    Told,
    prefixes,
    replays,
)
from grader.judge.diagnosis.variants import Variant
from grader.report.model import Diagnosis

__all__ = ["Findings", "Run", "Told", "diagnose", "wrong_in"]


class Findings(NamedTuple):
    """What explains the wrong answers of one exercise.

    Args:
        diagnoses: the misconceptions that are named, in the order of their file.
        because: failed test -> the function whose mistake its answers only repeat.
    """

    diagnoses: list[Diagnosis]
    because: dict[str, str]


def diagnose(
    runs: Sequence[Run],
    further: Sequence[Run],
    reference: Variant,
    wrong: Sequence[Variant],
    memory: Memory | None = None,
    source: str = "",
) -> Findings:
    """What explains the wrong answers in these runs.

    Args:
        runs: every run of every test of one exercise.
        further: answers of another worker to the rest of what failed tests would have asked.
        memory: answers worked out before, for other submissions.
        source: the text of the student's module.
    """
    lost = {run.test for run in [*runs, *further] if run.lost}
    failed = [test for test in dict.fromkeys(run.test for run in runs) if test in lost]
    if not wrong or not failed:
        return Findings([], {})
    asked, suspects = suspected(runs, further, reference, wrong, memory or Memory())
    found = names([suspect.candidate() for suspect in suspects])
    by_key = {suspect.variant.key: suspect for suspect in suspects}

    def repeats(callee: str, caller: str) -> Repeats:
        return by_key[found[callee]].repeats(caller) if callee in found else "none"

    causes = echoes(_faulty(asked), uses(source), repeats)
    found = {function: name for function, name in found.items() if function not in causes}
    explained: dict[str, set[str]] = {}
    for key in (key for key in by_key if key in found.values()):
        functions = {function for function, winner in found.items() if winner == key}
        tests = explained.setdefault(by_key[key].variant.name, set())
        tests |= by_key[key].tests(functions)
    hints = {suspect.variant.name: suspect.variant.hint for suspect in suspects}
    told = {name: tuple(t for t in failed if t in tests) for name, tests in explained.items()}
    diagnoses = [Diagnosis(name, hints[name], tests) for name, tests in told.items() if tests]
    return Findings(diagnoses, _because(asked[: len(runs)], causes))


def _because(asked: Sequence[Asked], causes: dict[str, str]) -> dict[str, str]:
    """The tests whose wrong answers were all given by an echo, with its cause."""
    given: dict[str, set[str]] = {}
    for one in asked:
        wrong = {f for f, fault in one.faulty().items() if fault > Fault.MANNER}
        given.setdefault(one.run.test, set()).update(wrong)
    return {
        test: causes[min(functions)]
        for test, functions in given.items()
        if functions and functions <= causes.keys()
    }


def _faulty(asked: Sequence[Asked]) -> dict[str, Fault]:
    """The functions that gave a wrong answer, with the gravest fault of each."""
    found: dict[str, Fault] = {}
    for one in asked:
        for function, fault in one.faulty().items():
            found[function] = max(found.get(function, fault), fault)
    return found


def wrong_in(runs: Sequence[Run], reference: Variant, memory: Memory) -> list[set[str]]:
    """For each run of a lost test, the functions that gave a wrong answer in it."""
    digests = [prefixes(run) for run in runs]
    return [set(one.faulty()) for one in _asked(runs, digests, reference, memory)]


def _asked(
    runs: Sequence[Run], digests: Sequence[list[bytes]], reference: Variant, memory: Memory
) -> list[Asked]:
    """The runs of one worker, with all answers."""
    right = replays(reference, runs, digests, memory)
    return [
        Asked(run, replay, Draws(reference, run, digest, replay, memory))
        for run, digest, replay in zip(runs, digests, right, strict=True)
    ]


def suspected(
    runs: Sequence[Run],
    further: Sequence[Run],
    reference: Variant,
    wrong: Sequence[Variant],
    memory: Memory,
) -> tuple[list[Asked], list[_Suspect]]:
    """The runs with all answers, and the misconceptions about functions that gave a wrong one."""
    workers = [(each, [prefixes(run) for run in each]) for each in (runs, further)]

    def answers(variant: Variant) -> list[Replay]:
        return [r for each, digests in workers for r in replays(variant, each, digests, memory)]

    asked = [one for worker in workers for one in _asked(*worker, reference, memory)]
    faulty = _faulty(asked)
    order = functools.cache(functools.partial(order_of, tuple(asked)))
    suspects = [
        _Suspect(variant, asked, answers, faulty, order)
        for variant in wrong
        if not variant.judged.isdisjoint(faulty)
    ]
    return asked, suspects


class _Suspect:
    """One misconception before all runs of an exercise.

    Args:
        answers: a variant on all runs, in their order.
        faulty: the functions whose answers are to be explained.
        order: see `order_of`.
    """

    def __init__(
        self,
        variant: Variant,
        asked: Sequence[Asked],
        answers: Callable[[Variant], list[Replay]],
        faulty: Iterable[str],
        order: Callable[[str], list[tuple[int, int, bool]]],
    ) -> None:
        self.variant, self._asked, self._answers, self._order = variant, asked, answers, order
        self._pairs = list(zip(asked, answers(variant), strict=True))
        self.evidence = {f: self._evidence(f) for f in faulty if f in variant.judged}

    def candidate(self) -> Candidate:
        """What has to be known to name it or another."""
        name, hint = self.variant.key, self.variant.hint
        return Candidate(name, hint, len(self.variant.replaces), self.evidence, self._departures)

    def repeats(self, caller: str) -> Repeats:
        """What the reference's caller makes of this idea in the function that it calls."""
        if caller in self.variant.replaces:
            name = f"{self.variant.name} without {caller}"
            part = self.variant.part(name, self.variant.replaces - {caller}, {})
            alone = _Suspect(part, self._asked, self._answers, (), self._order)
            return alone.repeats(caller)
        evidence = self.evidence.get(caller) or self._evidence(caller)
        if evidence.holds:
            return "the student's"
        calls = [
            (one, wrong, i)
            for one, wrong in self._pairs
            for i, c in one.calls()
            if caller in c.functions
        ]
        same = all(_is_right(wrong, index, one.right(index)) for one, wrong, index in calls)
        return "none" if same else "others"

    def tests(self, functions: set[str]) -> set[str]:
        """The tests in which it explains an answer of these functions, or of one that uses them."""
        others = self.variant.judged - functions
        return {
            one.run.test
            for one, wrong in self._pairs
            if one.run.lost
            for index, call in one.calls()
            if call.functions & functions or call.functions.isdisjoint(others)
            if self._sign(one, wrong, index)[0] == "explained"
        }

    def _evidence(self, function: str) -> Evidence:
        """What the answers of one function say."""
        signs, exact = Counter[tuple[Sign, Level]](), 0
        order = self._order(function)
        left = sum(is_wrong for *_, is_wrong in order)
        for run, index, is_wrong in order:
            left -= is_wrong
            one, wrong = self._pairs[run]
            says = self._sign(one, wrong, index)
            signs[says] += 1
            if says[0] == "explained":
                exact += is_exact(one.students[index], wrong.answer(index))
            elif says == ("other", "value") and is_hopeless(signs, left):
                return gathered(signs)
        return gathered(signs, exact)

    def _sign(self, one: Asked, wrong: Replay, index: int) -> tuple[Sign, Level]:
        """What one answer says, and on which level."""
        s, r = one.students[index], one.right(index)
        if s.error == "MissingFunction":
            return "silent", "value"
        if one.fault(index) is None and _is_right(wrong, index, r):
            return "silent", "value"  # the usual case, told from memory
        content = one.content(index)
        if content is None:
            return self._worked_out(one, wrong, index)
        answer = content, not one.run.lost, one.is_strict(index)
        return wrong.sign(index, answer, functools.partial(self._worked_out, one, wrong, index))

    def _worked_out(self, one: Asked, wrong: Replay, index: int) -> tuple[Sign, Level]:
        s, r, m = one.students[index], one.right(index), wrong.answer(index)
        single, strict = one.is_single(index), one.is_strict(index)
        to_value = functools.partial(is_value, r, single, strict)
        idea = wrong.is_right(index, to_value, "strict value" if strict else "value")
        standing = Standing(not one.run.lost, one.is_right(index), idea, single, strict)
        says = sign(s, r, m, standing)
        if says[0] in ("against", "other", "apart") and is_narrow(one.run.calls[index].args):
            return says[0], "narrow"
        if says[0] in ("against", "other") and one.draws.at(index):
            return sign_of_draws(s, r, m, says)
        return says

    def _departures(self) -> int:
        """In how many calls of the exercise it departs from the reference."""
        return sum(
            not _is_right(wrong, index, one.right(index))
            for one, wrong in self._pairs
            for index, _ in one.calls()
        )


def _is_right(wrong: Replay, index: int, r: Told) -> bool:
    return wrong.is_right(index, functools.partial(alike, r))
