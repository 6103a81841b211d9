"""The judge's side of one submission: workers come and go, the submission stays.

Tests ask it, one thing at a time. Whatever goes wrong on the way ends the test it happens in, as a
`Stopped` with its reason; a stopped test stays stopped, whatever the test catches.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from grader.sandbox.attendant import NO_ROOM, Attendant
from grader.sandbox.ends import of_answer, of_question
from grader.sandbox.exchange import (
    Bounds,
    Exchange,
    Heard,
    Question,
    each_of,
    exchange_of,
    fingerprint,
    heard_of,
    question_of,
    several_of,
)
from grader.sandbox.foreseen import Foreseen
from grader.sandbox.processes.launch import Launcher
from grader.sandbox.stopped import (
    NoModule,
    Reason,
    Stopped,
    TooLongAnswers,
    Unwritten,
)
from grader.sandbox.wire.nodes import HandleNode, Malformed
from grader.sandbox.wire.protocol import (
    Answer,
    Answers,
    Facts,
    Op,
    Several,
)

__all__ = ["Session"]

#: Bytes that the answers of one test may come to together: they are all kept.
_ANSWER_LIMIT = 1 << 28
#: What is asked of a module, so that it must be there.
_OF_THE_MODULE = frozenset({"call", "vjp", "example"})
#: Most seconds for questions that are put at once. What takes longer is asked one by one, so that
#: each call has its own time; nearly all tests are done in a hundredth of it.
_AT_ONCE_SECONDS = 0.25

T = TypeVar("T")


class Session(Attendant):
    """One submission behind the border, test by test.

    Args:
        handle: what a handle becomes on this side; all others are `Attendant`'s.

    Attributes:
        failed: what kept the current test from being asked, which neither student nor test did.
        foreseen: questions of the current test that have been put already, and what was heard: the
            next that are asked must be these.
    """

    def __init__(
        self,
        launcher: Launcher,
        bounds: Bounds,
        sources: Mapping[str, str],
        forbidden: Mapping[str, tuple[str, ...]],
        handle: Callable[[HandleNode], object],
        interrupt: int | None = None,
        files: Mapping[str, Mapping[str, bytes]] | None = None,
        facts: Mapping[str, Facts] | None = None,
    ) -> None:
        super().__init__(launcher, bounds, sources, forbidden, interrupt, files, facts)
        self.handle = handle
        self.failed: BaseException | None = None
        self._handles: set[int] = set()
        self._one_by_one: set[str] = set()
        self._unfit: set[str] = set()  # modules of which something went wrong when asked at once
        # Whether a test set an attribute, which may be a library's: a student's answer is anything.
        self._changed = False
        self.foreseen = Foreseen()

    def begin(self, module: str, seed: int, seconds: float) -> None:
        """A test of `module` begins; all its calls together may take `seconds`.

        Modules have a worker each: one that puts its own `numpy.sum` into the library would change
        what others come to, and a verdict would depend on more than its digests cover. Those that
        cannot (`Facts.plain`) share one.
        """
        if module != self._module:
            if self._changed or not (self._is_plain(self._module) and self._is_plain(module)):
                self.close()
            self._changed = False
            self._loaded = self._was_loaded = False
            self._account.another_module()
        self._module, self._seed, self._account.left = module, seed, seconds
        self._begun = False
        self._received = 0
        self._handles.clear()
        self.foreseen.clear()
        self.stopped, self.disturbed, self.failed = None, False, None

    def _is_plain(self, module: str) -> bool:
        return self.facts.get(module, Facts()).plain and not self._files.get(module)

    @property
    def source(self) -> str:
        """The text of the module that is tested, or ""."""
        return self.sources.get(self._module, "")

    @property
    def left(self) -> float:
        """Seconds that the calls of the current test still have."""
        return self._account.left

    def settle(self, module: str = "") -> None:
        """Tests are over: nothing that they left is there when `module` is asked next."""
        if self.asked == module or self._changed or not self._is_plain(self._module):
            self.close()
            self._module = ""

    def refuse(self, reason: Reason) -> Stopped:
        """End the test before anything more is asked: what to raise."""
        return self._stop(reason)

    def do(self, op: Op, seconds: float = math.inf) -> Exchange:
        """Ask one thing; exceptions of the student's are in the result, not raised.

        Args:
            seconds: most that it may take, besides the limits on a call and on the test.

        Raises:
            Stopped: the test is over, with its reason.
            CutShort: the whole grading is.
            TypeError, TooLarge: an argument cannot be sent.
            IsolationError, ProcessGone, OSError: no worker can be asked; kept as `failed`.
        """
        if not self.foreseen:
            self._check()
        question = question_of(op)  # what cannot be sent is the suite's mistake
        return self._tried(self._answered, question, seconds)

    def put(self, question: Question, seconds: float = math.inf) -> Heard:
        """Put a question before the test does; `do` will find it among the foreseen ones.

        Raises:
            As `do`.
        """
        self._check()
        heard = self._tried(self._put, question, seconds)
        self.foreseen.add(question, heard)
        return heard

    def ends_unwritten(self, heard: Heard) -> Stopped | None:
        """What ends the test whose first question was put, if nobody has written an answer yet."""
        reason = of_answer(heard.answer, self.bounds, self.facts)
        if not isinstance(reason, Unwritten):
            return None
        self.foreseen.clear()
        return self._stop(reason)

    def may_ask_several(self) -> bool:
        """Whether the module keeps nothing and is finished, and nothing spoke against it so far.

        Raises:
            CutShort, IsolationError, ProcessGone, OSError: as `do`.
        """
        return self._module not in self._one_by_one and self._keeps_nothing()

    def several(self, several: Several, body: bytes, seconds: float) -> list[bytes]:
        """Put questions all at once: the fingerprints of what was answered, as far as it was.

        It is a shortcut, and nothing that goes wrong in it is told: the test has to begin anew
        then, and the module is asked one thing at a time.

        Raises:
            CutShort, IsolationError, ProcessGone, OSError: as `do`.
        """
        return [fingerprint(*each) for each in self._several(several, body, seconds)]

    def ask_one_by_one(self) -> None:
        """The answers of the current test's module are new: tests ask it one thing at a time."""
        self._one_by_one.add(self._module)

    def foresee(self, questions: Sequence[Question]) -> bool:
        """Put all questions at once that are asked next, where the module keeps nothing.

        Returns:
            Whether they were answered; otherwise the test has to begin anew.

        Raises:
            CutShort, IsolationError, ProcessGone, OSError: as `do`.
        """
        together = several_of(questions)
        if together is None or not self._keeps_nothing():
            return False
        told = self._several(*together, math.inf)
        if len(told) < len(questions):
            return False
        try:
            heard = [heard_of(q, *each) for q, each in zip(questions, told, strict=True)]
        except Malformed:
            return False
        for question, answer in zip(questions, heard, strict=True):
            self.foreseen.add(question, answer)
        return True

    def _keeps_nothing(self) -> bool:
        """Whether several things may be asked at once; the texts are read now, if nobody has."""
        if not self.facts and self.stopped is None and self._module in self.sources:
            try:
                self._ready()
            except Stopped:
                return False  # whoever asks is told
        facts = self.facts.get(self._module, Facts())
        may_end = facts.stubs or facts.unread or facts.forbidden
        return facts.still and not may_end and self._module not in self._unfit

    def _several(
        self, several: Several, body: bytes, seconds: float
    ) -> list[tuple[bytes, memoryview]]:
        """Put questions all at once: what was told, as far as it was, each with its buffers."""
        self._account.most = min(seconds, _AT_ONCE_SECONDS)
        try:
            self._ready()
            reply, replied = self._ask(several, (), body)
            if not isinstance(reply.what, Answers):
                raise self._broken("an answer to another question")
            self._cpu = reply.what.cpu
            found = each_of(reply.what, reply.sizes, replied)
            if len(found) > len(several.questions):
                raise self._broken("more answers than questions")
            verbs = [do.verb for do, _ in several.questions[: len(found)]]
            if not _OF_THE_MODULE.isdisjoint(verbs):  # else there would be no answer
                self._loaded = self._was_loaded = True
            return found
        except Malformed:
            self._end()
        except Stopped:
            self.stopped, self.disturbed = None, False
        self._unfit.add(self._module)
        return []

    def _check(self) -> None:
        """Whether anything may be asked in this test."""
        if self.failed is not None:
            raise self.failed
        if self.stopped is not None:
            raise self.stopped
        if self._module not in self.sources:
            raise self._stop(NoModule(self._module))

    def _tried(self, ask: Callable[[Question, float], T], question: Question, seconds: float) -> T:
        """Ask, and keep what went wrong, if that was neither the student's doing nor the test's."""
        try:
            return ask(question, seconds)
        except Stopped:
            raise
        except BaseException as failure:
            self.failed = failure
            raise

    def _answered(self, question: Question, seconds: float) -> Exchange:
        """What a question comes to, which may have been put already."""
        heard = self.foreseen.answer(question) if self.foreseen else self._put(question, seconds)
        self._heed(heard.answer)
        try:
            return exchange_of(question, heard, self._admit, self.bounds.output)
        except Malformed as error:
            raise self._broken(str(error)) from None
        except MemoryError:
            raise self._broken(NO_ROOM) from None

    def _put(self, question: Question, seconds: float) -> Heard:
        self._account.most = seconds
        do, sizes, body = question
        self._changed |= do.verb == "setattr"
        self._ready()
        forbidden = of_question(do, self.facts.get(self._module, Facts()))
        if forbidden is not None:
            raise self._stop(forbidden)
        if not self._loaded and do.verb in _OF_THE_MODULE:
            self._load()
        before = self._received
        reply, replied = self._ask(do, sizes, body)
        answer = reply.what
        if not isinstance(answer, Answer):
            raise self._broken("an answer to another question")
        self._cpu = answer.cpu
        if self._received > _ANSWER_LIMIT:
            self._end()
            raise self._stop(TooLongAnswers(_ANSWER_LIMIT))
        return Heard(answer, reply.sizes, replied, len(body) + self._received - before)

    def _admit(self, node: HandleNode) -> object:
        """What a handle becomes on this side; two things never have one number in a test."""
        if node.id <= 0 or node.id in self._handles:
            raise Malformed("a handle that is not new")
        self._handles.add(node.id)
        return self.handle(node)
