"""A student's own lines change nothing of what a text does, and make it theirs."""

from __future__ import annotations

import ast
import random

import pytest

from grader import Course
from grader.classroom.similar.compare import alike
from grader.grading.engine import Grader
from grader.handin.submission import Submission
from grader.web.demo.bank import texts_of
from grader.web.demo.varied import varied

TEXT = "def double(x):\n    return 2 * x\n"


def test_what_runs_stays_as_it_is() -> None:
    found = varied(TEXT, "ada double")
    assert found.startswith(TEXT)
    *body, last = ast.parse(found).body
    assert ast.dump(ast.Module(body, [])) == ast.dump(ast.parse(TEXT))
    assert isinstance(last, ast.If)
    assert ast.unparse(last.test) == "__name__ == '__main__'"
    assert varied(TEXT, "ada double") == found
    assert varied(TEXT, "ben double") != found


@pytest.mark.parametrize("text", ["def and_then(\n", "x = 1\n", ""])
def test_what_has_no_function_stays(text: str) -> None:
    assert varied(text, "ada") == text


def test_people_differ_and_copies_are_alike() -> None:
    programs = {f"s{n}": varied(TEXT, f"s{n} double") for n in range(40)}
    assert alike(programs).pairs == []
    assert alike(programs).own >= 80
    programs["copy"] = programs["s7"].replace("double(x)", "double(y)").replace("* x", "* y")
    [pair] = alike(programs).pairs
    assert {pair.a, pair.b} == {"s7", "copy"}


@pytest.mark.long
def test_it_comes_to_the_same_when_it_is_judged(own_course: Course) -> None:
    exercise = next(own_course.exercises)
    texts = texts_of(own_course, exercise, random.Random(1))
    with Grader(own_course) as grader:
        for text in texts:
            came_to = []
            for source in (text.source, varied(text.source, "ada")):
                submission = Submission.from_sources({f"{exercise.id}.py": source}, "ada")
                [result] = grader.grade(submission, (exercise.id,)).exercises
                came_to.append([(test.id, test.outcome) for test in result.tests])
            assert came_to[0] == came_to[1], text.kind
