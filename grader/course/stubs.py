"""Stubs from solutions: the signature and docstring live once, in the solution.

A stub is the solution's own text with each public function's body replaced by
`raise NotImplementedError`. Left out are private helpers, and the sections `Hints` and
`Why it works` of the module's docstring.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from grader.course.outline import Course
from grader.errors import CourseError, Fault

__all__ = ["DRIFTED", "Sections", "Synced", "sections", "stub", "sync"]

State = Literal["same", "written", "missing", "differs", "kept: it has been filled in"]
#: States of a stub that does not follow from its solution.
DRIFTED: frozenset[State] = frozenset({"missing", "differs", "kept: it has been filled in"})

_BODY = "raise NotImplementedError"
_SECTION = re.compile(r"^(Hints|Why it works)\n-{3,}\n", re.MULTILINE)


class Sections(msgspec.Struct, frozen=True):
    """The parts of a solution's docstring that a stub leaves out."""

    hints: tuple[str, ...] = ()
    why: str = ""


class Synced(msgspec.Struct, frozen=True):
    """One stub, and how it stands to its solution; `path` is relative to the course."""

    path: str
    state: State


def sync(course: Course, *, write: bool, force: bool = False) -> list[Synced]:
    """Compare each stub with what its solution says, and write what differs.

    Args:
        write: write stubs that are missing or differ.
        force: also those that somebody has begun to fill in.

    Raises:
        CourseError: a solution cannot be read as Python.
    """
    results = []
    for exercise in course.exercises:
        path = course.stub(exercise)
        text = _stub_of(course.solution(exercise), Path(course.root))
        state = _state(path, text)
        if write and (state in ("missing", "differs") or (force and state in DRIFTED)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            state = "written"
        results.append(Synced(path.relative_to(course.root).as_posix(), state))
    return results


def _stub_of(solution: Path, root: Path) -> str:
    try:
        return stub(solution.read_text("utf-8"))
    except (OSError, SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        told = getattr(error, "msg", None) or getattr(error, "strerror", None) or str(error)
        fault = Fault(solution.relative_to(root), line, f"{type(error).__name__}: {told}")
        raise CourseError([fault]) from None


def _state(path: Path, text: str) -> State:
    if not path.is_file():
        return "missing"
    present = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    if present == text:
        return "same"
    return "differs" if is_unfilled(present) else "kept: it has been filled in"


def is_unfilled(text: str) -> bool:
    """Whether a stub holds nobody's work: its functions only raise NotImplementedError."""
    try:
        return stub(text) == text
    except (SyntaxError, ValueError):
        return False


def sections(source: str) -> Sections:
    """Hints (a numbered list) and the reason why it works, from a solution's docstring."""
    parts = _SECTION.split(ast.get_docstring(ast.parse(source)) or "")
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    hints = re.split(r"(?m)^\d+\.\s+", found.get("Hints", ""))[1:]
    return Sections(
        tuple(" ".join(hint.split()) for hint in hints),
        " ".join(found.get("Why it works", "").split()),
    )


def stub(source: str) -> str:
    """The stub for a solution's text; a stub's own text comes out as it went in.

    Raises:
        SyntaxError: the text is not Python.
    """
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    pieces: list[str] = []
    done = 0
    for node in tree.body:
        first = _first_line(node)
        if _is_private(node):
            pieces.append(_without_comments("".join(lines[done : first - 1])))
        else:
            pieces.append("".join(lines[done : first - 1]))
            pieces += _piece(node, lines)
        done = node.end_lineno or first
    text = "".join([*pieces, "".join(lines[done:])])
    return re.sub(r"\n{4,}", "\n\n\n", text).rstrip() + "\n"


def _piece(node: ast.stmt, lines: list[str]) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef):
        yield from _function(node, lines)
    elif isinstance(node, ast.ClassDef):
        yield from _class(node, lines)
    elif _is_docstring(node):
        yield _without_sections("".join(lines[node.lineno - 1 : node.end_lineno]))
    else:
        yield "".join(lines[_first_line(node) - 1 : node.end_lineno])


def _function(node: ast.FunctionDef, lines: list[str]) -> Iterator[str]:
    """Everything up to the body: decorators, signature, docstring, and imports that open it."""
    kept = node.body[0]
    end = _signature_end(node, lines)
    for statement in node.body:
        is_kept = (statement is kept and _is_docstring(statement)) or isinstance(
            statement, ast.Import | ast.ImportFrom
        )
        if not is_kept:
            break
        end = statement.end_lineno or end
    head = "".join(lines[_first_line(node) - 1 : end])
    indent = " " * (node.col_offset + 4)
    after_import = isinstance(_last_kept(node), ast.Import | ast.ImportFrom)
    yield head + ("\n" if after_import else "") + f"{indent}{_BODY}\n"


def _last_kept(node: ast.FunctionDef) -> ast.stmt | None:
    last = None
    for i, statement in enumerate(node.body):
        if (i == 0 and _is_docstring(statement)) or isinstance(
            statement, ast.Import | ast.ImportFrom
        ):
            last = statement
        else:
            break
    return last


def _signature_end(node: ast.FunctionDef, lines: list[str]) -> int:
    """The line of the colon: the one before the body, or the body's own in `def f(): pass`."""
    first = node.body[0].lineno
    if first > node.lineno and not lines[first - 1][: node.body[0].col_offset].strip():
        while first > 1 and not lines[first - 2].split("#")[0].rstrip().endswith(":"):
            first -= 1
        return first - 1
    raise SyntaxError(f"{node.name}: the body starts on the line of its def", ("", first, 0, ""))


def _class(node: ast.ClassDef, lines: list[str]) -> Iterator[str]:
    done = _first_line(node) - 1
    for member in node.body:
        first = _first_line(member)
        if isinstance(member, ast.FunctionDef):
            if _is_private(member):
                yield _without_comments("".join(lines[done : first - 1]))
            else:
                yield "".join(lines[done : first - 1])
                yield from _function(member, lines)
            done = member.end_lineno or first
    yield "".join(lines[done : node.end_lineno])


def _first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(int(d.lineno) for d in decorators)])


def _is_private(node: ast.stmt) -> bool:
    names: list[str] = []
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        names = [node.name]
    elif isinstance(node, ast.Assign):
        names = [t.id for t in node.targets if isinstance(t, ast.Name)]
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        names = [node.target.id]
    return bool(names) and all(n.startswith("_") and not n.endswith("__") for n in names)


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _without_comments(text: str) -> str:
    """Comments above a private helper go with it."""
    return "".join(line for line in text.splitlines(True) if not line.lstrip().startswith("#"))


def _without_sections(docstring: str) -> str:
    match = _SECTION.search(docstring)
    if match is None:
        return docstring
    quote = '"""' if docstring.rstrip().endswith('"""') else "'''"
    return docstring[: match.start()].rstrip() + f"\n{quote}\n"
