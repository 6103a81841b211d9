"""JUnit XML: a suite for each unit, a class for each exercise, a case for each test.

The attributes and elements are those that GitLab, Jenkins and pytest agree on; GitLab shows the
content of `failure` and `error`, and neither their `message` nor a suite's properties. Control
characters, which XML has no way to write, become `#x07`, as pytest does it. A CI service does not
take a job's status from this file: that is the command's own exit status.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from xml.etree import ElementTree

from grader.platforms.reports.export import Setting
from grader.platforms.reports.seen import told
from grader.report.model import FREE, ExerciseResult, Outcome, Report, TestResult
from grader.report.safe import safe
from grader.report.words import IDEA, LOOK, points

__all__ = ["write"]

#: What is no character of XML 1.0.
_ILLEGAL = re.compile("[^\t\n\r -\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Outcomes of an answer that is wrong, as against code that could not give one.
_WRONG: frozenset[Outcome] = frozenset({"failed", "not_attempted"})


def write(report: Report, setting: Setting) -> bytes:
    """JUnit XML, for GitLab and other CI services; points are a property, and are not rounded."""
    root = ElementTree.Element("testsuites", name=_text(report.course))
    _count(root, report.exercises)
    for unit, group in groupby(report.exercises, lambda exercise: exercise.unit):
        root.append(_suite(unit, list(group), report, setting))
    ElementTree.indent(root, " ")
    data: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return data + b"\n"


def _suite(
    unit: str, exercises: Sequence[ExerciseResult], report: Report, setting: Setting
) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_text(unit))
    _count(suite, exercises)
    ids = {exercise.id for exercise in exercises}
    changes = [change for change in setting.changes if change.exercise in ids]
    sums = (
        points(sum((getattr(each, name) for each in (*exercises, *changes)), Decimal(0)))
        for name in ("earned", "possible")
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in (("points", " of ".join(sums)), ("isolation", report.isolation)):
        ElementTree.SubElement(properties, "property", name=name, value=value)
    for exercise in exercises:
        suite.extend(_cases(exercise))
    notes = [*report.notes, *(f"{change.exercise}: {change.why}" for change in changes)]
    if notes:
        ElementTree.SubElement(suite, "system-out").text = _text("\n".join(notes))
    return suite


def _cases(exercise: ExerciseResult) -> Iterator[ElementTree.Element]:
    ideas = _ideas(exercise)
    for test in exercise.tests:
        case = ElementTree.Element(
            "testcase",
            classname=_text(f"{exercise.unit}.{exercise.id}"),
            name=_text(test.id),
            file=_text(f"exercises/{exercise.unit}/{exercise.id}.py"),
            time=_seconds([test]),
        )
        if test.outcome != "passed":
            kind = _kind(test.outcome)
            first = next(iter(test.message.splitlines()), LOOK[test.outcome].words)
            end = ElementTree.SubElement(case, kind, message=_text(first or test.title))
            if kind != "skipped":
                end.set("type", test.outcome)
            words = [test.title, told(test), *(ideas.get(test.id, ()))]
            end.text = _text("\n".join(filter(None, words)))
        yield case


def _ideas(exercise: ExerciseResult) -> dict[str, list[str]]:
    """Each hint once, at the first test whose answers show the idea, else at the first one lost."""
    lost = [test.id for test in exercise.tests if test.outcome not in {"passed", *FREE}]
    found: dict[str, list[str]] = {}
    for diagnosis in exercise.diagnoses:
        there = [name for name in lost if name in diagnosis.tests] or lost
        for name in there[:1]:
            found.setdefault(name, []).append(f"{IDEA}{diagnosis.hint}")
    return found


def _kind(outcome: Outcome) -> str:
    if outcome in FREE:
        return "skipped"
    return "failure" if outcome in _WRONG else "error"


def _count(element: ElementTree.Element, exercises: Iterable[ExerciseResult]) -> None:
    tests = [test for exercise in exercises for test in exercise.tests]
    kinds = [_kind(test.outcome) for test in tests if test.outcome != "passed"]
    element.set("tests", str(len(tests)))
    for attribute, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(kinds.count(kind)))
    element.set("time", _seconds(tests))


def _seconds(tests: Iterable[TestResult]) -> str:
    return f"{sum(Decimal(repr(test.ms)) for test in tests) / 1000:.3f}"


def _text(text: str) -> str:
    """A text that XML can carry, and that steers no terminal."""
    return safe(_ILLEGAL.sub(lambda found: f"#x{ord(found[0]):02X}", text))
