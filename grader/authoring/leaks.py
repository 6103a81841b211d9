"""Proof that a handout shows nothing hidden: all that can be read in it is searched."""

from __future__ import annotations

import ast
import bisect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.authoring.contents import Piece, contents, functions_of
from grader.course.outline import Course
from grader.course.stubs import stub
from grader.course.text import read_source
from grader.errors import Fault

__all__ = ["leaks"]


#: Where the grader itself lies.
_PACKAGE = Path(__file__).resolve().parents[1]


def leaks(course: Course, folder: Path) -> list[Fault]:
    """Everything hidden that a folder holds, and all in it that cannot be read, with file and line.

    Searched for are the statements of the solutions' functions, what the suites expect and ask,
    and the names and hints of the misconceptions, in whatever they are packed (`contents`). A
    statement that a stub, a lesson or an example shows as well (an import, `return a + b`) is no
    secret.
    """
    open_text = _folded("\n".join(_open_texts(course)))
    secrets = {text: what for text, what in _secrets(course) if text not in open_text}
    compiled = dict(_compiled(course))
    found: dict[Fault, None] = {}
    for piece in _pieces(folder):
        if piece.unread:
            what = f"it cannot be looked into: {piece.unread}"
            found[Fault(piece.path, 0, what, "a file that can be read, or none")] = None
        folded = _folded(piece.text)
        for secret, what in secrets.items():
            if secret in folded:
                found[Fault(piece.path, _line_of(piece.text, secret), f"it shows {what}")] = None
        for function in piece.functions & compiled.keys():
            found[Fault(piece.path, 0, f"it shows {compiled[function]}")] = None
    return list(found)


def _hidden_files(course: Course) -> Iterator[tuple[Path, str, str]]:
    """(file, what its lines are, exercise) of everything that students must not see."""
    for exercise in course.exercises:
        for path, kind in (
            (course.solution(exercise), "a line of the solution of"),
            (course.misconceptions(exercise), "a wrong idea about"),
            (course.suite(exercise), "a hidden test of"),
        ):
            if path.is_file():
                yield path, kind, exercise.id


def _compiled(course: Course) -> Iterator[tuple[tuple[Any, ...], str]]:
    """(function as `functions_of` has it, what it is) of everything hidden."""
    stubs = {
        function
        for exercise in course.exercises
        for function in functions_of(
            compile(stub(read_source(course.solution(exercise), course.root)), "", "exec")
        )
    }
    for path, kind, exercise in _hidden_files(course):
        code = compile(read_source(path, course.root), "", "exec", dont_inherit=True)
        for function in functions_of(code):
            if function not in stubs and len(function[1]) > _SHORT_CODE:
                yield function, f"{kind} {exercise}"


def _secrets(course: Course) -> Iterator[tuple[str, str]]:
    """(folded text, what it is) of everything that a handout must not show."""
    for path, kind, exercise in _hidden_files(course):
        for node in ast.walk(ast.parse(read_source(path, course.root))):
            for text in _telling(node, kind):
                yield _folded(text), f"{kind} {exercise}"


def _telling(node: ast.AST, kind: str) -> Iterator[str]:
    """The statements of functions, one by one; the names and docstrings of classes and tests."""
    hidden = not kind.startswith("a line")
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and hidden:
        if len(node.name) > _SHORT:
            yield node.name
        doc = ast.get_docstring(node)
        if doc:
            yield doc
    if isinstance(node, ast.FunctionDef):
        for statement in node.body:
            is_simple = not isinstance(statement, ast.Expr) or not isinstance(
                statement.value, ast.Constant
            )
            text = ast.unparse(statement)
            if is_simple and len(_folded(text)) > _SHORT:
                yield text


#: Folded texts up to this length say too little to be a secret: `return a + b`.
_SHORT = 24
#: The same for compiled functions, in bytes: one that only raises has about twenty.
_SHORT_CODE = 30


def _open_texts(course: Course) -> Iterator[str]:
    for exercise in course.exercises:
        yield stub(read_source(course.solution(exercise), course.root))
    for unit in course.units:
        lesson = course.lesson(unit)
        if lesson.is_file():
            yield read_source(lesson, course.root)


def _folded(text: str) -> str:
    """Without white space and quotes' kinds, so that no formatting hides a text."""
    return re.sub(r"\s+", "", text).replace("'", '"')


def _line_of(text: str, secret: str) -> int:
    """The line in which a folded text ends."""
    lines = text.split("\n")

    def holds(count: int) -> bool:
        return secret in _folded("\n".join(lines[:count]))

    return bisect.bisect_left(range(len(lines) + 1), True, key=holds)


def _pieces(folder: Path) -> Iterator[Piece]:
    """All that can be read below a folder; the grader's own code is everybody's."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_symlink():
            yield Piece(inside, unread="it is a link")
        elif path.is_file() and ".git" not in inside.parts:
            for piece in contents(inside, path.read_bytes()):
                if not _is_grader(piece):
                    yield piece


def _is_grader(piece: Piece) -> bool:
    """Whether it is a file of the grader that is running, as it stands."""
    parts = piece.path.parts
    at = next((i for i, part in enumerate(parts) if part.endswith(".whl")), None)
    if at is None or parts[at + 1 : at + 2] != (_PACKAGE.name,):
        return False
    own = _PACKAGE.joinpath(*parts[at + 2 :])
    return own.is_file() and own.read_text("utf-8", "replace") == piece.text
