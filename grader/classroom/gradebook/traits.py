"""What figures of a class need of a grading, so that no document has to be read for them.

A signature is what wrong answers have in common that are wrong in the same way: the first test that
was lost, and what was said of it, but for places in the text, which differ from one to another.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from grader.classroom.gradebook import tables
from grader.classroom.gradebook.database import in_parts
from grader.classroom.statistics.suites import pattern
from grader.report.model import ExerciseResult, Outcome, TestResult, is_lost, is_right_so_far

__all__ = ["UNKNOWN", "add", "fill", "layer_of", "signature_of"]

#: Before a signature, where wrong ideas and wrong answers that none explains stand together.
UNKNOWN = "?"
#: Letters of a headline that are kept.
_WIDTH = 200

_HEADLINE = re.compile(
    r"\b(?:wrong (number of axes|type|shape|length|keys|dtype)|(not finite|not a finite number)"
    r"|wrong (?:values?|answer))\b",
    re.IGNORECASE,
)
_LAYERS = {
    "number of axes": "axes", "type": "type", "shape": "shape", "length": "shape", "keys": "shape",
    "dtype": "dtype",
}  # fmt: skip
_LIMITS = frozenset({"timeout", "memory", "output", "crashed", "forbidden"})
#: Where something stands in a student's text, or how long it took: no part of what is wrong.
_PLACES = re.compile(r"\bline \d+|(?<=\.py):\d+|\b\d+(?:\.\d+)? m?s\b|\bcell \d+", re.IGNORECASE)


def add(connection: Connection, gradings: Mapping[int, ExerciseResult]) -> None:
    """Note what was judged: id of a grading -> what it came to."""
    traits = [_trait(number, result) for number, result in gradings.items()]
    ideas = [
        {"grading": number, "name": name}
        for number, result in gradings.items()
        for name in dict.fromkeys(each.misconception for each in result.diagnoses)
    ]
    if traits:
        connection.execute(insert(tables.trait), traits)
    if ideas:
        connection.execute(insert(tables.idea), ideas)


def fill(connection: Connection, most: int) -> int:
    """Note it of gradings of which it is not noted, as of those that an older wxb judged.

    Args:
        most: how many at a time.

    Returns:
        How many there were; fewer than `most` where that were all.
    """
    grading = tables.grading.c
    there = select(tables.trait.c.grading).where(tables.trait.c.grading == grading.id).exists()
    missing = select(grading.id).where(~there).order_by(grading.id).limit(most)
    ids = list(connection.execute(missing).scalars())
    for some in in_parts(ids):
        query = select(grading.id, grading.document).where(grading.id.in_(some))
        found = {
            number: msgspec.json.decode(zlib.decompress(document), type=ExerciseResult)
            for number, document in connection.execute(query)
        }
        add(connection, found)
    return len(ids)


def _trait(number: int, result: ExerciseResult) -> dict[str, Any]:
    lost = _first_lost(result.tests)
    begun = any(test.outcome != "not_attempted" for test in result.tests)
    passed = is_right_so_far(result)
    message = lost.message.partition("\n")[0][:_WIDTH] if lost is not None and begun else ""
    return {
        "grading": number,
        "exercise": result.id,
        "suite": result.suite,
        "sources": result.sources,
        "pattern": pattern(test.outcome for test in result.tests),
        "begun": begun,
        "passed": passed,
        "layer": layer_of(result),
        "signature": "" if passed or not begun else signature_of(result),
        "message": message,
        "times": ",".join(f"{test.ms:.0f}" for test in result.tests),
    }


def _first_lost(tests: Sequence[TestResult]) -> TestResult | None:
    """The first test that was lost; what is not written yet comes last."""
    lost = [test for test in tests if is_lost(test.outcome)]
    begun = [test for test in lost if test.outcome != "not_attempted"]
    return next(iter(begun or lost), None)


def layer_of(result: ExerciseResult) -> str:
    """How far an exercise came: the first thing that was wrong with it (`insight.values.Layer`)."""
    if is_right_so_far(result):
        return "passed"
    lost = _first_lost(result.tests)
    if lost is None:
        return "untried"
    if not result.loaded:
        return "not_run"
    return _layer(lost.outcome, lost.message)


def _layer(outcome: Outcome, message: str) -> str:
    if outcome == "not_attempted":
        return "not_begun"
    if outcome in _LIMITS:
        return "limits"
    if outcome == "error":
        return "error"
    found = _HEADLINE.search(message.partition("\n")[0])
    if found is None:
        return "property"
    if found[1]:
        return _LAYERS[found[1].lower()]
    return "finite" if found[2] else "values"


def signature_of(result: ExerciseResult) -> str:
    """A digest of the way in which an exercise is wrong; "" where no test was lost."""
    lost = _first_lost(result.tests)
    if lost is None:
        return ""
    told = _PLACES.sub("#", lost.message)
    text = "\0".join((result.id, lost.id, lost.outcome, told))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
