"""Proof that a handout shows nothing hidden: every text in it is searched, also in archives."""

from __future__ import annotations

import ast
import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from grader.course.outline import Course
from grader.course.stubs import stub
from grader.course.text import read_source
from grader.errors import Fault

__all__ = ["leaks"]


def leaks(course: Course, folder: Path) -> list[Fault]:
    """Everything hidden that a folder holds, archives included, with file and line.

    Searched for are the statements of the solutions' functions, what the suites expect and ask,
    and the names and hints of the misconceptions. A statement that a stub, a lesson or an example
    shows as well (an import, `return a + b`) is no secret.
    """
    secrets = dict(_secrets(course))
    open_text = _folded("\n".join(_open_texts(course)))
    secrets = {text: what for text, what in secrets.items() if text not in open_text}
    found = []
    for path, text in _texts(folder):
        folded = _folded(text)
        for secret, what in secrets.items():
            if secret in folded:
                found.append(Fault(path, _line_of(text, secret), f"it shows {what}"))
    return found


def _secrets(course: Course) -> Iterator[tuple[str, str]]:
    """(folded text, what it is) of everything that a handout must not show."""
    for exercise in course.exercises:
        for path, kind in (
            (course.solution(exercise), "a line of the solution of"),
            (course.misconceptions(exercise), "a wrong idea about"),
            (course.suite(exercise), "a hidden test of"),
        ):
            if not path.is_file():
                continue
            for node in ast.walk(ast.parse(read_source(path, course.root))):
                for text in _telling(node, kind):
                    yield _folded(text), f"{kind} {exercise.id}"


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
    for number in range(1, text.count("\n") + 2):
        if secret in _folded("\n".join(text.split("\n")[:number])):
            return number
    return 0


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """All texts below a folder, those in archives too; the grader's own code is everybody's."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".git" not in path.relative_to(folder).parts:
            yield from _unpacked(path.relative_to(folder), path.read_bytes())


#: Archives in archives that are opened: a zip of wheels that hold data has two.
_ARCHIVES = 3


def _unpacked(name: Path, data: bytes, depth: int = _ARCHIVES) -> Iterator[tuple[Path, str]]:
    if depth and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if not PurePosixPath(member.filename).is_relative_to("grader"):
                    yield from _unpacked(name / member.filename, archive.read(member), depth - 1)
        return
    if depth and name.suffix in (".tar", ".gz", ".tgz", ".bz2", ".xz"):
        try:
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                for entry in archive:
                    file = archive.extractfile(entry) if entry.isfile() else None
                    if file is not None:
                        yield from _unpacked(name / entry.name, file.read(), depth - 1)
            return
        except tarfile.TarError:
            pass
    yield name, data.decode("utf-8", "replace")
