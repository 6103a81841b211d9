"""What a gradebook knows of hand-ins already, as far as a run may use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.classroom.concerns import outcomes_of
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.values import Pair, Recorded, Verdict
from grader.classroom.plan import Options
from grader.report.model import LUCK, ExerciseResult

__all__ = ["Known"]


class Known:
    """What need not be judged.

    Args:
        suites: exercise -> digest of what decides its marks now.
    """

    def __init__(self, book: Gradebook, options: Options, suites: Mapping[str, str]) -> None:
        self._book, self._options, self._suites = book, options, suites

    def gradings(self, pairs: Sequence[Pair]) -> dict[Pair, int]:
        """Pair of sources and suite -> a grading of it that can be used again."""
        options = self._options
        if options.fresh or not pairs:
            return {}
        return self._book.known(pairs, isolation=options.isolation, untried=not options.torch)

    def verdicts(self, there: Recorded) -> dict[str, Verdict]:
        """What holds of a hand-in, with what each test came to."""
        found = self._book.verdicts([there.submission]) if there.held else []
        return {verdict.exercise: verdict for verdict in found}

    def holds(self, name: str, there: Recorded, pair: Pair | None = None) -> bool:
        """Whether the verdict on an exercise is one that need not be found again."""
        verdict = None if self._options.fresh else there.held.get(name)
        if verdict is None or verdict.suite != self._suites[name]:
            return False
        usable = ("always",) if self._options.torch else ("always", "untried")
        how = verdict.isolation, verdict.seed
        is_same = pair is None or verdict.sources == pair[0]
        return is_same and verdict.reusable in usable and how == (self._options.isolation, 0)

    def is_luck(self, result: ExerciseResult, pair: Pair) -> bool:
        """Whether what was judged is of no use to other hand-ins of a pair.

        That is where luck had a part in it, a library is missing that others may have, or the text
        was read in another way than the one that it is looked up by.
        """
        outcomes = outcomes_of(result)
        is_untried = "skipped" in outcomes and self._options.torch
        return bool(outcomes & LUCK) or is_untried or result.sources != pair[0]

    def is_settled(self, wanted: Sequence[str], there: Recorded, is_earlier: bool) -> bool:
        """Whether all of it was settled before, and nothing of it may come out otherwise now.

        What is not begun is read once more: whether anything is in it is not in the gradebook.

        Args:
            is_earlier: a later hand-in counts for the rest of it.
        """
        if self._options.fresh:
            return False
        if self._options.again or is_earlier:
            is_told = self._options.again or there.is_all
            return is_told and all(self.holds(name, there) for name in wanted)
        return (
            there.is_all
            and all(self.holds(name, there) for name in wanted)
            and any(there.held[name].outcome != "not_attempted" for name in wanted)
        )
