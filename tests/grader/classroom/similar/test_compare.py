"""Which pairs are shown: copies, and of the accepted variants of this course none."""

from __future__ import annotations

import ast
import itertools

from grader import Course
from grader.classroom.similar.compare import LEAST, alike
from grader.course.outline import Exercise


class _Renamed(ast.NodeTransformer):
    """A copy with other names for what the program itself names."""

    def __init__(self, tree: ast.Module) -> None:
        self._own = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        self._own |= {
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = f"my_{node.id}" if node.id in self._own else node.id
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = f"my_{node.arg}"
        return node


def renamed(text: str) -> str:
    tree = ast.parse(text)
    return ast.unparse(_Renamed(tree).visit(tree))


def right_ways(course: Course, exercise: Exercise) -> dict[str, str]:
    """The solution and the accepted variants, as if each were a student's."""
    paths = [course.solution(exercise), *sorted(course.accepts(exercise).glob("*.py"))]
    return {str(path): path.read_text("utf-8") for path in paths}


def test_innocent_pairs_of_the_corpus(own_course: Course) -> None:
    """docs/instructors.md has these numbers."""
    pairs = shown = 0
    for exercise in own_course.exercises:
        texts = right_ways(own_course, exercise)
        pairs += len(list(itertools.combinations(texts, 2)))
        shown += len(alike(texts, own_course.stub(exercise).read_text("utf-8")).pairs)
    assert (pairs, shown) == (232, 0)


def test_renamed_copies_of_the_corpus_are_found(own_course: Course) -> None:
    found, short = 0, []
    for exercise in own_course.exercises:
        texts = right_ways(own_course, exercise)
        name = sorted(texts)[-1]
        texts["copy"] = renamed(texts[name])
        result = alike(texts, own_course.stub(exercise).read_text("utf-8"))
        seen = [{pair.a, pair.b} for pair in result.pairs]
        assert all(pair == {name, "copy"} for pair in seen), exercise.id
        found += bool(seen)
        if not seen:
            short.append(exercise.id)
    assert found >= 28, short


def test_what_they_share_is_shown_on_both_sides(own_course: Course) -> None:
    exercise = own_course.exercise("matmul")
    assert exercise is not None
    text = own_course.solution(exercise).read_text("utf-8")
    other = f"# Mine.\n\n\n{text}"
    [pair] = alike({"a": text, "b": other}).pairs
    assert (pair.a, pair.b, pair.share) == ("a", "b", 1.0)
    first = pair.matches[0]
    assert (first.b.first - first.a.first, first.b.last - first.a.last) == (3, 3)
    assert pair.matches[0].tokens >= LEAST


def test_what_much_of_a_class_writes_is_not_shown(own_course: Course) -> None:
    exercise = own_course.exercise("matmul")
    assert exercise is not None
    text = own_course.solution(exercise).read_text("utf-8")
    found = alike(dict.fromkeys(range(5), text))
    assert found.pairs == []
    assert found.own > LEAST  # which is no reason to call it short


def test_the_stub_is_nobodys_own(own_course: Course) -> None:
    exercise = own_course.exercise("matmul")
    assert exercise is not None
    text = own_course.solution(exercise).read_text("utf-8")
    assert alike({"a": text, "b": text}, stub=text).pairs == []


def test_who_works_together_is_left_out(own_course: Course) -> None:
    exercise = own_course.exercise("matmul")
    assert exercise is not None
    text = own_course.solution(exercise).read_text("utf-8")
    found = alike({"a": text, "b": text}, together=lambda a, b: True)
    assert (found.pairs, found.left_out) == ([], 1)


def test_of_nothing_there_is_nothing() -> None:
    assert alike({}).pairs == []
    assert alike({"a": "def broken(:", "b": "def broken(:"}).own == 0
