"""What explains the marks that an exercise lost, once they are settled."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Any

import msgspec

from grader.course.outline import Exercise
from grader.errors import WxbError
from grader.judge.bound import TookTooLong, at_most_work
from grader.judge.diagnosis.diagnose import Findings, diagnose
from grader.judge.diagnosis.echo import uses
from grader.judge.diagnosis.memory import Memory
from grader.judge.diagnosis.replay import Run
from grader.judge.diagnosis.variants import Variant
from grader.judge.further import Interview, Questions
from grader.judge.references import kept
from grader.judge.sitting import Marked, Reference, Tests
from grader.judge.transcript import Transcript

__all__ = ["Explaining"]

logger = logging.getLogger(__name__)

#: Most processor seconds for one look at what the reference or a misconception would have answered.
_REPLAY_SECONDS = 10.0
#: Most seconds that a submission answers further questions about one exercise.
_FURTHER_SECONDS = 5.0
#: Most explanations that are remembered; then all are forgotten.
_MOST_FOUND = 10_000
#: Outcomes of tests whose questions are asked to the end, once one test of the exercise has failed.
_ASKED_ON = frozenset({"failed", "error", "not_attempted"})


class Explaining:
    """Looks for the wrong ideas behind wrong answers.

    Args:
        references: how the reference fares in some tests of an exercise.
        ideas: the reference and the wrong ideas of an exercise.
        memory: what these answered before.
    """

    def __init__(
        self,
        tests: Tests,
        references: Callable[[Exercise, list[Any]], list[Reference]],
        ideas: Callable[[Exercise], tuple[Variant, list[Variant]]],
        memory: Memory,
    ) -> None:
        self._tests, self._references = tests, references
        self._ideas, self._memory = ideas, memory
        self._found: dict[bytes, Findings] = {}

    def of(self, marked: Marked, source: str, transcript: Transcript) -> Findings:
        """What explains what was lost; the marks stand, whatever comes of it.

        Args:
            source: the text of the student's module.
            transcript: of the submission's session; nothing in it is needed any more.
        """
        try:
            further = self._further(marked, transcript)
            return self._findings(marked.exercise, marked.runs, further, source)
        except WxbError:
            raise  # with another judge the same may work
        except Exception:
            logger.warning("no explanation for %s", marked.exercise.id, exc_info=True)
            return Findings([], {})

    def _findings(
        self, exercise: Exercise, runs: list[Run], further: list[Run], source: str
    ) -> Findings:
        """What explains the wrong answers of an exercise; the same answers are explained once."""
        key = _key(exercise, runs, further, source)
        if key is not None and key in self._found:
            return self._found[key]
        reference, wrong = self._ideas(exercise)
        try:
            with at_most_work(_REPLAY_SECONDS):
                found = diagnose(runs, further, reference, wrong, self._memory, source)
        except (TookTooLong, MemoryError):
            # A student's answer is an argument that is too much for the course's code.
            return Findings([], {})
        if key is not None:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[key] = found
        return found

    def _further(self, marked: Marked, transcript: Transcript) -> list[Run]:
        """Answers to the questions of lost tests that were not reached, from a fresh module."""
        exercise = marked.exercise
        open_tests = [t.id for t in marked.tests if t.outcome in _ASKED_ON]
        items = [(test, i) for test in open_tests for i in self._tests.items(exercise.id, test)]
        references = self._references(exercise, [item for _, item in items])
        reached = {(run.test, run.seed): len(run.calls) for run in marked.runs}
        interview = Interview(exercise.id, transcript, _FURTHER_SECONDS)
        found = []
        for (test, item), reference in zip(items, references, strict=True):
            seed = self._tests.seed(item)
            known = reached.get((test, seed), 0)
            if reference.sound and len(reference.calls) > known:
                run = interview.ask(Questions(test, seed, reference.calls, known))
                found.append(msgspec.structs.replace(run, calls=kept(run.calls)))
        interview.end()
        return found


def _key(exercise: Exercise, runs: list[Run], further: list[Run], source: str) -> bytes | None:
    """A digest of all that an explanation is made of; None if answers alone do not decide it."""
    digest = hashlib.blake2b(exercise.id.encode(), digest_size=16)
    encode = msgspec.msgpack.encode
    digest.update(encode(sorted((name, sorted(used)) for name, used in uses(source).items())))
    for run in [*runs, *further]:
        exchanges = [call.exchange for call in run.calls]
        if not all(exchange.fingerprint for exchange in exchanges):
            return None
        digest.update(encode((run.test, run.seed, run.lost, run.since, len(exchanges))))
        for exchange in exchanges:
            digest.update(encode((exchange.do, exchange.sizes, exchange.fingerprint)))
            digest.update(exchange.body)
    return digest.digest()
