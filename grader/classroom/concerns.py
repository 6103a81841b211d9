"""Which hand-ins need a person, and what is said of each, in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.classroom.batched import Kind
from grader.handin.matching import UNREAD, Matched
from grader.report.model import ExerciseResult, Outcome

__all__ = ["doubts", "lacking", "nothing_for", "outcomes_of", "unusual"]

#: What tests end in that a person should look at, and how it is said of exercises.
_SAID: dict[Outcome, tuple[Kind, str]] = {
    "grader_fault": ("grader_fault", "a fault of the grader's own, no mark was stored"),
    "crashed": ("crashed", "crashed"),
    "memory": ("memory", "too much memory"),
    "timeout": ("timeout", "timed out"),
}
#: Sentences that one line has room for.
_MOST = 3


def outcomes_of(result: ExerciseResult) -> set[Outcome]:
    """All that an exercise and its tests ended in."""
    return {result.outcome, *(test.outcome for test in result.tests)}


def unusual(results: Iterable[ExerciseResult]) -> tuple[Kind, str] | None:
    """What did not end in the ordinary way, over all exercises of a hand-in; the worst first."""
    found: dict[Outcome, list[str]] = {}
    for result in results:
        worst = next((each for each in _SAID if each in outcomes_of(result)), None)
        if worst is not None:
            found.setdefault(worst, []).append(result.id)
    if not found:
        return None
    in_order = [outcome for outcome in _SAID if outcome in found]
    parts = [f"{_listed(found[outcome])}: {_SAID[outcome][1]}" for outcome in in_order]
    return _SAID[in_order[0]][0], "; ".join(parts) + "."


def nothing_for(matched: Matched, wanted: Sequence[str]) -> str:
    """A sentence where nothing of a hand-in is for one of the exercises; else ""."""
    if any(name in matched.files for name in wanted):
        return ""
    if not matched.files:
        return "No Python module or notebook is in it."
    files = _listed(sorted(matched.files.values()))
    return f"Nothing in it is for {_listed(wanted)}; in it is {files}."


def doubts(matched: Matched, wanted: Sequence[str]) -> str:
    """What of a hand-in was not read, and which of several answers was graded; else ""."""
    others = {told for name, told in matched.unread.items() if name not in wanted}
    found = [note for note in matched.notes if UNREAD in note and note not in others]
    found += [matched.chosen[name] for name in wanted if name in matched.chosen]
    more = [f"And {len(found) - _MOST:,} more of these."] if len(found) > _MOST else []
    return " ".join([*(f"{each.rstrip('.')}." for each in found[:_MOST]), *more])


def lacking(missing: Mapping[str, str], results: Iterable[ExerciseResult]) -> str:
    """A sentence where something could not be imported, and an exercise ended in an error.

    Args:
        missing: library -> the file of the hand-in that imports it.
    """
    if not missing or not any("error" in outcomes_of(result) for result in results):
        return ""
    parts = [f"{library} ({path} imports it)" for library, path in missing.items()]
    return f"Neither in the hand-in nor installed here: {_listed(parts)}."


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
