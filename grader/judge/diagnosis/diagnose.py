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

from grader.judge.diagnosis.agreement import Standing, is_exact, is_narrow, sign
from grader.judge.diagnosis.asked import Asked, Place, order_of
from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.draws import Draws, sign_of_draws
from grader.judge.diagnosis.echo import Fault, Repeats, echoes, uses
from grader.judge.diagnosis.evidence import Evidence, Level, Sign, gathered, is_hopeless
from grader.judge.diagnosis.memory import Answer, Key, Memory, Question, Says
from grader.judge.diagnosis.naming import Candidate, names
from grader.judge.diagnosis.replay import Replay, Run, keys_of, replays
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
    return [set(one.faulty()) for one in _asked(runs, reference, reference.draws, memory)]


def _asked(runs: Sequence[Run], reference: Variant, draws: bool, memory: Memory) -> list[Asked]:
    """The runs of one worker, with all answers."""
    keys = [keys_of(run, draws) for run in runs]
    questions = _questions(reference, keys, memory)
    right = replays(reference, runs, questions)
    return [
        Asked(run, replay, Draws(reference, run, key, replay, memory))
        for run, key, replay in zip(runs, keys, right, strict=True)
    ]


def _questions(
    reference: Variant, keys: Sequence[list[Key]], memory: Memory
) -> list[list[Question]]:
    """What is known of the calls of one worker."""
    if reference.keeps_state():  # then there is more behind an answer than a key tells
        return [[Question(key, memory) for key in each] for each in keys]
    return [memory.questions(reference.exercise.id, each) for each in keys]


def suspected(
    runs: Sequence[Run],
    further: Sequence[Run],
    reference: Variant,
    wrong: Sequence[Variant],
    memory: Memory,
) -> tuple[list[Asked], list[_Suspect]]:
    """The runs with all answers, and the misconceptions about functions that gave a wrong one."""
    draws = any(variant.draws for variant in (reference, *wrong))
    workers = [_asked(each, reference, draws, memory) for each in (runs, further)]

    def answers(variant: Variant) -> list[Replay]:
        return [replay for each in workers for replay in _replayed(variant, each)]

    asked = [one for each in workers for one in each]
    faulty = _faulty(asked)
    order = functools.cache(functools.partial(order_of, tuple(asked)))
    suspects = [
        _Suspect(variant, asked, answers, faulty, order)
        for variant in wrong
        if not variant.judged.isdisjoint(faulty)
    ]
    return asked, suspects


def _replayed(variant: Variant, asked: Sequence[Asked]) -> list[Replay]:
    """A variant on the runs of one worker."""
    return replays(variant, [one.run for one in asked], [one.questions for one in asked])


class _Suspect:
    """One misconception before all runs of an exercise.

    Args:
        replays: a variant on all runs, in their order.
        faulty: the functions whose answers are to be explained.
        order: see `order_of`.
    """

    def __init__(
        self,
        variant: Variant,
        asked: Sequence[Asked],
        replays: Callable[[Variant], list[Replay]],
        faulty: Iterable[str],
        order: Callable[[str], tuple[list[Place], list[Place]]],
    ) -> None:
        self.variant, self._key = variant, variant.key
        self._asked, self._replays, self._order = asked, replays, order
        self.evidence = {f: self._evidence(f) for f in faulty if f in variant.judged}

    @functools.cached_property
    def _replayed(self) -> list[Replay]:
        """The runs, for what is not known yet."""
        return self._replays(self.variant)

    def candidate(self) -> Candidate:
        """What has to be known to name it or another."""
        name, hint = self.variant.key, self.variant.hint
        return Candidate(name, hint, len(self.variant.replaces), self.evidence, self._departures)

    def repeats(self, caller: str) -> Repeats:
        """What the reference's caller makes of this idea in the function that it calls."""
        if caller in self.variant.replaces:
            part = self.variant.without(caller)
            return _Suspect(part, self._asked, self._replays, (), self._order).repeats(caller)
        evidence = self.evidence.get(caller) or self._evidence(caller)
        if evidence.holds:
            return "the student's"
        same = all(
            self._is_right(run, index)
            for run, one in enumerate(self._asked)
            for index, call in one.calls()
            if caller in call.functions
        )
        return "none" if same else "others"

    def tests(self, functions: set[str]) -> set[str]:
        """The tests in which it explains an answer of these functions, or of one that uses them."""
        others = self.variant.judged - functions
        return {
            one.run.test
            for run, one in enumerate(self._asked)
            if one.run.lost
            for index, call in one.calls()
            if call.functions & functions or call.functions.isdisjoint(others)
            if self._says(run, index).sign[0] == "explained"
        }

    def _evidence(self, function: str) -> Evidence:
        """What the answers of one function say.

        It does not matter in which order they are looked at. Those come first of which it is known
        what the idea answers, for most ideas are given up before anything must be worked out.
        """
        signs, exact = Counter[tuple[Sign, Level]](), 0
        wrong, right = self._order(function)
        left = len(wrong)
        for run, index in [*sorted(wrong, key=self._is_new), *right]:
            left -= 1
            says = self._says(run, index)
            signs[says.sign] += 1
            exact += says.exact
            if says.sign == ("other", "value") and is_hopeless(signs, max(left, 0)):
                return gathered(signs)
        return gathered(signs, exact)

    def _is_new(self, place: Place) -> bool:
        """Whether it is not known yet what the idea answers there."""
        run, index = place
        return self._key not in self._asked[run].questions[index].answers

    def _answer(self, run: int, index: int) -> Answer:
        known = self._asked[run].questions[index].answers.get(self._key)
        return known or self._replayed[run].said(index)

    def _says(self, run: int, index: int) -> Says:
        """What one answer says."""
        one, answer = self._asked[run], self._answer(run, index)
        said = one.said(index)
        if said is None:
            return _worked_out(one, answer, index)
        says = answer.says.get(said)
        if says is None:
            says = _worked_out(one, answer, index)
            one.questions[index].note(answer, said, says)
        return says

    def _is_right(self, run: int, index: int) -> bool:
        return _is_right(self._asked[run], self._answer(run, index), index)

    def _departures(self) -> int:
        """In how many calls of the exercise it departs from the reference."""
        return sum(
            not self._is_right(run, index)
            for run, one in enumerate(self._asked)
            for index, _ in one.calls()
        )


def _worked_out(one: Asked, answer: Answer, index: int) -> Says:
    """What an answer of a student's says of an idea that answers so."""
    s, r, m = one.students[index], one.right(index), answer.told
    unasked = s.error == "MissingFunction"
    if unasked or (one.fault(index) is None and _is_right(one, answer, index)):
        return Says(("silent", "value"))
    single, strict = one.is_single(index), one.is_strict(index)
    idea = one.is_alike(index, m, answer.content, one.manner(index))
    standing = Standing(not one.run.lost, one.is_right(index), idea, single, strict)
    says = sign(s, r, m, standing)
    if says[0] in ("against", "other", "apart") and is_narrow(one.run.calls[index].args):
        return Says((says[0], "narrow"))
    if says[0] in ("against", "other") and one.draws.at(index):
        says = sign_of_draws(s, r, m, says)
    return Says(says, says[0] == "explained" and is_exact(s, m))


def _is_right(one: Asked, answer: Answer, index: int) -> bool:
    return one.is_alike(index, answer.told, answer.content, "manners too")
