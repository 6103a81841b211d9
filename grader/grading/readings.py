"""Where a submission can be read in several ways: the better reading counts, and is told."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.handin.cells.module import still_to_come
from grader.handin.matching import Matched
from grader.report.model import ExerciseResult, TestResult

__all__ = ["best_reading", "explained"]

#: What a judge makes of a submission that is read in another way; one exercise of it is asked for.
Again = Callable[[Matched], tuple[ExerciseResult, ...]]


def best_reading(
    matched: Matched, results: tuple[ExerciseResult, ...], again: Again
) -> tuple[Matched, tuple[ExerciseResult, ...]]:
    """The results with the best reading of each exercise, and the submission as it was read.

    Other readings are judged only where the first one is not all right.
    """
    read, notes = matched, list(matched.notes)
    best = list(results)
    for i, result in enumerate(results):
        others = matched.others.get(result.id, ())
        if not others:
            continue
        taken = others[0]
        for other in others[1:]:
            if best[i].outcome == "passed":
                break
            tried = read.read_as(result.id, other.text)
            for found in again(msgspec.structs.replace(tried, exercises=(result.id,))):
                if found.earned > best[i].earned:
                    best[i], taken, read = found, other, tried
        is_best = ", which earns most" if best[i].outcome != "passed" else ""
        notes.append(f"{taken.note}{is_best}.")
    return msgspec.structs.replace(read, notes=tuple(notes)), tuple(best)


def explained(matched: Matched, result: ExerciseResult) -> ExerciseResult:
    """A result that says why something is not there, where it was handed in and cannot be read.

    Then it is an error, and not a thing that nobody has begun.
    """
    broken = matched.broken.get(result.id, {})
    if result.id not in matched.modules:
        why = matched.unread.get(result.id) or next(iter(broken.values()), "")
        tests = tuple(_told(test, why) if why else test for test in result.tests)
    else:
        reasons = {still_to_come(name): why for name, why in broken.items()}
        tests = tuple(_told(test, reasons.get(test.message, "")) for test in result.tests)
    if tests == result.tests:
        return result
    outcome = "error" if result.outcome == "not_attempted" else result.outcome
    return msgspec.structs.replace(result, tests=tests, outcome=outcome)


def _told(test: TestResult, why: str) -> TestResult:
    return msgspec.structs.replace(test, outcome="error", message=why) if why else test
