"""Whose time is used: what each call of an exercise's tests may take, and which tests wait.

One bad function costs the tests that call it, and no others. So each function has time of its own,
two call limits, and the tests of an exercise are run in up to three turns:

    first    in the suite's order. A function is *late* once it gave no answer within a call limit,
             or has used up its own time; a test that comes to call it is put off.
    glance   a function that gave no answer has one more call limit, in equal shares for the tests
             that wait for it: those that need little of it come through, whatever their order.
    last     what is left of the exercise's time, test by test. A function that gave no answer
             within a whole call limit for the second time is not called any more.

A test is put off when it comes to the call, so nothing needs to be known beforehand of which test
calls what; what it did until then is done again. Time in calls that never came back, and in tests
that were put off, is charged to the functions alone until the last turn.

The most that a submission's code can take, for N functions and M tests: `Limits.longest`. No test
ends more than one worker a turn, besides second attempts: each function has one after a call that
was too slow, each run one after its worker was killed.

Nothing here looks at a clock: seconds are told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, TypeVar

from grader.course.outline import Limits
from grader.sandbox.stopped import ExerciseTime, NotReached, PutOff, Reason, SlowCall

__all__ = ["Pacing", "in_turns"]

Turn = Literal["first", "glance", "last"]
T = TypeVar("T")

#: Share of a call limit below which a call is not begun: it would end a worker to learn nothing.
_LEAST = 0.01
#: Times that a function may give no answer within a whole call limit before it is given up.
_CHANCES = 2


class Pacing:
    """The time of one exercise of one submission.

    A call belongs to the function that it calls; what is asked of a handle, to the functions that
    the handle came from; anything else to the test itself, under its name.

    Args:
        tests: how many test functions the exercise has.
    """

    def __init__(self, limits: Limits, tests: int) -> None:
        self._call = limits.call
        self._own = 2 * limits.call
        self._early = 3 * limits.call * tests
        self._left = self._spare = limits.exercise
        self._turn: Turn = "first"
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._unanswered: Counter[str] = Counter()
        self._shares: dict[str, float] = {}
        self._culprits: dict[str, str] = {}
        self._retried: set[str] = set()
        self._useless: Reason | None = None
        self.begin("")

    # --- one run of a test -----------------------------------------------------------------------

    def begin(self, test: str) -> float:
        """A run begins: the seconds that its calls may take together."""
        self._test = test
        self._now: defaultdict[str, float] = defaultdict(float)
        self._asked: frozenset[str] = frozenset()
        if self._turn == "last":
            return max(self._left, 0.0)
        return max(min(self._own, self._early), 0.0)

    def again(self) -> None:
        """The run begins anew, and what it took so far was nobody's."""
        self.begin(self._test)

    def grant(self, functions: frozenset[str]) -> float | Reason:
        """The seconds that the next call, of these functions, may take; or why it may not be made.

        It is PutOff in the first two turns, and never in the last.
        """
        self._asked = functions or frozenset((self._test,))
        if self._useless is not None:
            return self._useless
        if self._turn != "last":
            room = min(map(self._room, self._asked))
            return room if room >= _LEAST * self._call else PutOff()
        given_up = [name for name in self._asked if self._unanswered[name] >= _CHANCES]
        if given_up or self._left <= 0:
            return NotReached(self._culprit(given_up))
        return self._left

    def _room(self, function: str) -> float:
        """Seconds that a function still has in this run, before the last turn."""
        if self._unanswered[function]:
            return self._shares.get(function, 0.0) - self._now[function]
        return self._own - self._spent[function] - self._now[function]

    def spend(self, seconds: float) -> None:
        """The call that was granted last took so long."""
        for name in self._asked:
            self._now[name] += seconds

    # --- how it ended ----------------------------------------------------------------------------

    def told(self, reason: Reason) -> Reason:
        """What the end of a run is to the student: a call that was cut short was not too slow."""
        cut = isinstance(reason, SlowCall) and reason.seconds < self._call
        if not cut and not isinstance(reason, ExerciseTime):
            return reason
        return ExerciseTime() if self._turn == "last" else PutOff()

    def retry(self, calls: float, killed: bool = False) -> bool:
        """Whether the run may be made once more; if so, it is charged to nobody.

        For runs that ran out of time while the processor was somebody else's. A function that
        sleeps looks the same: it has one second attempt, and all of them have the exercise's time.
        A worker that was killed took no whole call limit, so every run may have its second
        attempt, within that time.

        Args:
            calls: seconds that its calls took.
            killed: its worker was killed.
        """
        if self._spare <= 0:
            return False
        if not killed:
            if self._asked & self._retried:
                return False
            self._retried |= self._asked
        self._spare -= calls
        return True

    def book(
        self, reason: Reason | None, calls: float, judge: float, call: Callable[[], str]
    ) -> None:
        """The run is over: charge it.

        Args:
            reason: what ended it, as `told`; None if it came to its end.
            calls: seconds that its calls took.
            judge: seconds that the judge worked, which count as the last function's.
            call: writes the call that was made last as a test would.
        """
        self.spend(judge)
        for name, seconds in self._now.items():
            self._spent[name] += seconds
        if self._turn != "last":
            self._early -= calls
        # Where the judge alone took longer than a function may, the function is to blame for it.
        if self._turn == "last" or (reason is None and calls + judge <= self._own):
            self._left -= calls + judge
        if isinstance(reason, SlowCall):
            self._unanswered.update(self._asked)
            self._shares = {k: v for k, v in self._shares.items() if k not in self._asked}
        for name in self._now:
            if name not in self._culprits and self._is_late(name):
                self._culprits[name] = call() if name in self._asked else f"{name}(…)"

    def give_up(self, reason: Reason) -> None:
        """No function can be called: every test that would call one ends so."""
        self._useless = reason

    @property
    def waits_for(self) -> frozenset[str]:
        """The functions whose call put the run off."""
        return self._asked

    def _is_late(self, function: str) -> bool:
        room = self._own - self._spent[function]
        return self._unanswered[function] > 0 or room < _LEAST * self._call

    def _culprit(self, functions: Iterable[str]) -> str:
        """The call that used the time up: of these functions, else of those asked, else of all."""
        known = [name for name in (*functions, *self._asked) if name in self._culprits]
        if not known:
            known = sorted(self._spent, key=self._spent.__getitem__, reverse=True)
        return self._culprits.get(known[0], f"{known[0]}(…)") if known else "other calls"

    # --- turns -----------------------------------------------------------------------------------

    def turn(self, turn: Turn, waiting: Iterable[frozenset[str]]) -> None:
        """A turn begins; `waiting` are the functions that each test waits for."""
        self._turn = turn
        if turn == "glance":
            counts = Counter(name for names in waiting for name in names)
            late = {k: n for k, n in counts.items() if 0 < self._unanswered[k] < _CHANCES}
            self._shares = {name: self._call / count for name, count in late.items()}

    def has_share(self, functions: frozenset[str]) -> bool:
        """Whether a glance at a test that waits for these functions can tell something."""
        return not functions.isdisjoint(self._shares)


def in_turns(
    pacing: Pacing, tests: Sequence[T], go_on: Callable[[T], frozenset[str] | None]
) -> Iterator[T]:
    """Run tests, turn by turn; gives each one when it is done.

    Args:
        go_on: takes a test as far as it goes; None if it is done, else the functions that it
            waits for.
    """
    waiting: dict[int, frozenset[str]] = dict.fromkeys(range(len(tests)), frozenset())
    turns: tuple[Turn, ...] = ("first", "glance", "last")
    for turn in turns:
        pacing.turn(turn, waiting.values())
        for index, functions in list(waiting.items()):
            if turn == "glance" and not pacing.has_share(functions):
                continue
            late = go_on(tests[index])
            if late is None:
                del waiting[index]
                yield tests[index]
            else:
                waiting[index] = late
