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
from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.judge.diagnosis.agreement import Standing, agreeing, is_exact, sign
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
    return [set(one.faulty()) for one in _asked(runs, reference, reference.may_draw, memory)]


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
    draws = any(variant.may_draw for variant in (reference, *wrong))
    workers = [_asked(each, reference, draws, memory) for each in (runs, further)]

    def answers(variant: Variant) -> list[Replay]:
        return [replay for each in workers for replay in _replayed(variant, each)]

    asked = [one for each in workers for one in each]
    faulty = _faulty(asked)
    suspects = [
        _Suspect(variant, asked, answers)
        for variant in wrong
        if not variant.judged.isdisjoint(faulty)
    ]
    for function in faulty:
        _weigh(function, [s for s in suspects if function in s.variant.judged], asked)
    return asked, suspects


def _weigh(function: str, suspects: Sequence[_Suspect], asked: Sequence[Asked]) -> None:
    """What the answers of one function say about each of some ideas.

    The wrong ones come first, for they decide the most; and of these the ones to which the answers
    of most ideas are known, for nearly all are given up after a few. The order says nothing else.
    """
    wrong, right = order_of(asked, function)

    def unknown(place: Place) -> int:
        return sum(suspect.is_new(place) for suspect in suspects)

    signs = [(suspect, Counter[tuple[Sign, Level]](), Counter[bool]()) for suspect in suspects]
    left = len(wrong)
    for place in [*sorted(wrong, key=unknown), *right]:
        left = max(left - 1, 0)
        all_say = _says(asked[place[0]], place[1], [each[0].answer(place) for each in signs])
        hopeful = []
        for (suspect, seen, exact), says in zip(signs, all_say, strict=True):
            seen[says.sign] += 1
            exact[says.exact] += 1
            if says.sign == ("other", "value") and is_hopeless(seen, left):
                suspect.evidence[function] = gathered(seen)
            else:
                hopeful.append((suspect, seen, exact))
        signs = hopeful
    for suspect, seen, exact in signs:
        suspect.evidence[function] = gathered(seen, exact[True])


def _replayed(variant: Variant, asked: Sequence[Asked]) -> list[Replay]:
    """A variant on the runs of one worker."""
    return replays(variant, [one.run for one in asked], [one.questions for one in asked])


class _Suspect:
    """One misconception before all runs of an exercise.

    Args:
        replays: a variant on all runs, in their order.

    `evidence`: of the functions that were weighed.
    """

    def __init__(
        self,
        variant: Variant,
        asked: Sequence[Asked],
        replays: Callable[[Variant], list[Replay]],
    ) -> None:
        self.variant, self._key = variant, variant.key
        self._asked, self._replays = asked, replays
        self.evidence: dict[str, Evidence] = {}

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
            return _Suspect(part, self._asked, self._replays).repeats(caller)
        evidence = dict(self.evidence)
        if caller not in evidence:
            weighed = _Suspect(self.variant, self._asked, self._replays)
            _weigh(caller, [weighed], self._asked)
            evidence = weighed.evidence
        if evidence[caller].holds:
            return "the student's"
        same = all(
            self._is_right((run, index))
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
            if _says(one, index, [self.answer((run, index))])[0].sign[0] == "explained"
        }

    def is_new(self, place: Place) -> bool:
        """Whether it is not known yet what the idea answers there."""
        run, index = place
        return self._key not in self._asked[run].questions[index].answers

    def answer(self, place: Place) -> Answer:
        """What the idea answers there."""
        run, index = place
        known = self._asked[run].questions[index].answers.get(self._key)
        return known or self._replayed[run].said(index)

    def _is_right(self, place: Place) -> bool:
        run, index = place
        return _is_right(self._asked[run], self.answer(place), index)

    def _departures(self) -> int:
        """In how many calls of the exercise it departs from the reference."""
        return sum(
            not self._is_right((run, index))
            for run, one in enumerate(self._asked)
            for index, _ in one.calls()
        )


def _says(one: Asked, index: int, answers: Sequence[Answer]) -> list[Says]:
    """What one answer of a student's says of ideas that answer so."""
    said = one.said(index)
    if said is None:
        return _worked_out(one, index, answers)
    new = {id(answer): answer for answer in answers if said not in answer.says}
    if new:
        worked_out = _worked_out(one, index, list(new.values()))
        for answer, says in zip(new.values(), worked_out, strict=True):
            one.questions[index].note(answer, said, says)
    return [answer.says[said] for answer in answers]


def _worked_out(one: Asked, index: int, answers: Sequence[Answer]) -> list[Says]:
    s, r = one.students[index], one.right(index)
    if s.error == "MissingFunction":
        return [Says(("silent", "value"))] * len(answers)
    faultless = one.fault(index) is None
    found = [Says(("silent", "value"))] * len(answers)
    left = [
        place
        for place, answer in enumerate(answers)
        if not (faultless and _is_right(one, answer, index))  # the usual case
    ]
    ideas = [
        one.is_alike(index, answers[place].told, answers[place].content, one.manner(index))
        for place in left
    ]
    wrong = [place for place, is_right in zip(left, ideas, strict=True) if not is_right]
    tolds = [answers[place].told for place in wrong]
    agreed = agreeing(s, r, tolds, one.is_single(index), one.is_strict(index))
    same = {place for place, agrees in zip(wrong, agreed, strict=True) if agrees}
    fails = bool(left) and one.fails(index)
    for place, idea_right in zip(left, ideas, strict=True):
        m = answers[place]
        idea_fails = one.is_finite(index) and not m.told.error and not m.is_finite
        standing = Standing(
            not one.run.lost, one.is_right(index), idea_right, place in same, fails, idea_fails
        )
        found[place] = _sign(one, index, m.told, standing)
    return found


def _sign(one: Asked, index: int, m: Told, standing: Standing) -> Says:
    """What one answer says of one idea."""
    s, r = one.students[index], one.right(index)
    says = sign(s, r, m, standing)
    if says[0] in ("against", "other", "apart") and one.is_narrow(index):
        return Says((says[0], "narrow"))
    if says[0] in ("against", "other") and one.draws.at(index):
        says = sign_of_draws(s, r, m, says)
    return Says(says, says[0] == "explained" and is_exact(s, m))


def _is_right(one: Asked, answer: Answer, index: int) -> bool:
    return one.is_alike(index, answer.told, answer.content, "manners too")
