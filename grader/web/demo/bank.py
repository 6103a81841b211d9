"""Texts that may be handed in for each exercise, and what they come to: each is judged once.

They are the course's own: the solution, other right ways (one of which is rare), the solution with
a wrong idea in it, work that was left half-way, the stub, and a text that is no Python.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Literal

import msgspec

from grader.authoring.proof import with_idea
from grader.course.outline import Course, Exercise
from grader.course.text import first_line, without_docstrings
from grader.errors import UsageError
from grader.grading.engine import Grader
from grader.handin.submission import Submission
from grader.report.model import ExerciseResult

__all__ = ["Bank", "Kind", "Text", "judged", "texts_of"]

Kind = Literal["right", "idea", "half", "stub", "rare", "broken"]
#: Wrong ideas of an exercise that the class has: a few are common, as in real ones.
_IDEAS = 3
#: Other right ways.
_OTHERS = 2
#: Ideas that are about names and not about the exercise.
_DULL = ("UsesAnUnknownName", "UsesANameOfTheNotebook")


class Text(msgspec.Struct, frozen=True):
    """A module as somebody may hand it in."""

    kind: Kind
    source: str
    idea: str = ""


#: Exercise -> texts with what they come to.
Bank = dict[str, list[tuple[Text, ExerciseResult]]]


def texts_of(course: Course, exercise: Exercise, chance: random.Random) -> list[Text]:
    """What may be handed in for an exercise.

    Raises:
        UsageError: the course has no solutions, as a handout has none.
    """
    try:
        solution = course.solution(exercise).read_text("utf-8")
        stub = course.stub(exercise).read_text("utf-8")
    except OSError as error:
        raise UsageError(
            f"A demonstration needs the whole course, and {error.filename} is not there: name the "
            "course's own folder with --course."
        ) from None
    others = [path.read_text("utf-8") for path in sorted(course.accepts(exercise).glob("*.py"))]
    known = {each.id for each in course.exercises}
    others = [text for text in others if not _imports(text) & known]  # it is handed in alone
    found = [Text("right", without_docstrings(solution))]
    found += [Text("right", text) for text in others[:_OTHERS]]
    path = course.misconceptions(exercise)
    ideas = path.read_text("utf-8") if path.is_file() else ""
    names = [
        node.name
        for node in ast.parse(ideas).body
        if isinstance(node, ast.ClassDef) and node.name not in _DULL
    ]
    for name in chance.sample(names, min(_IDEAS, len(names))):
        found.append(
            Text("idea", _once(without_docstrings(with_idea(solution, ideas, name))), name)
        )
    found += [Text("half", _half(without_docstrings(solution))), Text("stub", stub)]
    found += [Text("rare", text) for text in others[_OTHERS : _OTHERS + 1]]
    return [*found, Text("broken", f"{without_docstrings(solution)}\ndef and_then(\n")]


def judged(course: Course, chance: random.Random, jobs: int = 2) -> Bank:
    """All texts of all exercises, judged: the n-th ones of all exercises are one submission."""
    texts = {exercise.id: texts_of(course, exercise, chance) for exercise in course.exercises}
    bank: Bank = {name: [] for name in texts}
    with Grader(course, jobs=jobs, torch=find_spec("torch") is not None) as grader:
        for number, report in enumerate(grader.grade_all(_submissions(texts))):
            for result in report.exercises:
                if number < len(texts[result.id]):
                    bank[result.id].append((texts[result.id][number], result))
    return bank


def _submissions(texts: Mapping[str, list[Text]]) -> Iterator[Submission]:
    for number in range(max(map(len, texts.values()), default=0)):
        row = {f"{n}.py": found[number].source for n, found in texts.items() if number < len(found)}
        yield Submission.from_sources(row, f"demo{number}")


def _once(text: str) -> str:
    """A module in which nothing is defined twice: the last one is what its author has now.

    What the last one is built on, as its base or in a decorator, stays.
    """
    lines: list[str | None] = list(text.splitlines())
    last: dict[str, ast.stmt] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            old = last.get(node.name)
            if old is not None and node.name not in _built_on(node):
                for number in range(first_line(old) - 1, old.end_lineno or old.lineno):
                    lines[number] = None
            last[node.name] = node
    return "\n".join(line for line in lines if line is not None) + "\n"


def _built_on(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    """The names that must be there before it is defined."""
    parts = [*node.decorator_list, *(node.bases if isinstance(node, ast.ClassDef) else ())]
    return {n.id for part in parts for n in ast.walk(part) if isinstance(n, ast.Name)}


def _imports(text: str) -> set[str]:
    """The modules that a text imports."""
    nodes = list(ast.walk(ast.parse(text)))
    found = {each.name for n in nodes if isinstance(n, ast.Import) for each in n.names}
    found |= {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}
    return {name.partition(".")[0] for name in found}


def _half(text: str) -> str:
    """The first half of the functions; the others are not written yet."""
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    lines = text.splitlines()
    for function in reversed(functions[(len(functions) + 1) // 2 :]):
        lines[function.body[0].lineno - 1 : function.end_lineno] = ["    raise NotImplementedError"]
    return "\n".join(lines) + "\n"
