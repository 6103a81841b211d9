"""Reading an exercise as its author wrote it: docstrings, hints, examples, forbidden names.

This runs in a judge, on the course's own code.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.outline import Course, Exercise
from grader.course.stubs import sections
from grader.course.variants import Variant, load_variants
from grader.errors import CourseError, Fault
from grader.grading.compare import difference
from grader.grading.talk import FaultText, Idea, Reviewed
from grader.grading.wording import is_tensor, short
from grader.sandbox.guards import places

__all__ = ["HINT_LIMIT", "review", "wanted_value"]

#: Longest hint of a misconception, in characters: it asks or points, it does not explain.
HINT_LIMIT = 240
#: Names that NumPy prints as dtypes: `array([1.], dtype=float32)`.
_PRINTED_DTYPES = {
    name: getattr(np, name) for name in ("float32", "float64", "int64", "int32", "uint8")
}


def review(course: Course, exercise: Exercise) -> Reviewed:
    """Everything that reading one exercise finds."""
    try:
        reference, wrong = load_variants(course, exercise)
    except CourseError as error:
        return Reviewed((), (), tuple(FaultText.of(fault) for fault in error.faults))
    root = Path(course.root)
    solution = course.solution(exercise).relative_to(root)
    text = course.solution(exercise).read_text("utf-8")
    tree = ast.parse(text)
    functions = [n for n in tree.body if _is_public(n)]
    faults = [
        *_docstrings(solution, functions),
        *_sections(solution, text),
        *_examples(solution, reference),
        *_test_docstrings(course, exercise),
        *_hints(course.misconceptions(exercise).relative_to(root), wrong),
        *_forbidden(exercise),
        *_unwritten(course, exercise),
    ]
    return Reviewed(
        tuple(getattr(n, "name", "") for n in functions),
        tuple(Idea(v.name, v.hint, v.line) for v in wrong),
        tuple(FaultText.of(fault) for fault in faults),
    )


def _is_public(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")


def _docstrings(path: Path, functions: list[ast.stmt]) -> Iterator[Fault]:
    for node in functions:
        assert isinstance(node, ast.FunctionDef | ast.ClassDef)
        doc = ast.get_docstring(node) or ""
        if not doc:
            yield Fault(path, node.lineno, f"{node.name} has no docstring")
        elif isinstance(node, ast.FunctionDef) and ">>>" not in doc:
            yield Fault(path, node.lineno, f"{node.name} has no examples", "two or three >>> lines")


def _sections(path: Path, text: str) -> Iterator[Fault]:
    found = sections(text)
    if not found.hints:
        yield Fault(path, 1, "the module docstring has no section Hints", "a numbered list")
    if not found.why:
        yield Fault(path, 1, "the module docstring has no section Why it works")


def _test_docstrings(course: Course, exercise: Exercise) -> Iterator[Fault]:
    path = course.suite(exercise)
    for node in ast.parse(path.read_text("utf-8")).body:
        is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test")
        if isinstance(node, ast.FunctionDef) and is_test and not ast.get_docstring(node):
            inside = path.relative_to(course.root)
            yield Fault(inside, node.lineno, f"{node.name} has no docstring", "what must be so")


def _hints(path: Path, wrong: list[Variant]) -> Iterator[Fault]:
    for variant in wrong:
        if not variant.hint:
            yield Fault(path, variant.line, f"{variant.name} has no hint", "a docstring")
        elif len(variant.hint) > HINT_LIMIT:
            count = f"{len(variant.hint)} characters"
            yield Fault(
                path,
                variant.line,
                f"the hint of {variant.name} has {count}",
                f"at most {HINT_LIMIT}",
            )
        if not variant.replaces:
            yield Fault(path, variant.line, f"{variant.name} replaces no function")


def _forbidden(exercise: Exercise) -> Iterator[Fault]:
    found = places(exercise.forbidden)
    for name in exercise.forbidden:
        top = name.partition(".")[0]
        if name not in found and top not in sys.stdlib_module_names and _is_installed(top):
            what = f"{exercise.id}: forbidden name {name} does not exist"
            yield Fault(Path("course.yaml"), 0, what, "a dotted name of an installed library")


def _unwritten(course: Course, exercise: Exercise) -> Iterator[Fault]:
    """Lines that `grade new` left for the author."""
    root = Path(course.root)
    files = [
        course.solution(exercise),
        course.misconceptions(exercise),
        course.suite(exercise),
        *sorted(course.accepts(exercise).glob("*.py")),
    ]
    for path in files:
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        for number, line in enumerate(lines, 1):
            if "TODO" in line:
                yield Fault(path.relative_to(root), number, "still says TODO")
    if "TODO" in exercise.title:
        yield Fault(Path("course.yaml"), 0, f"the title of {exercise.id} still says TODO")


def _is_installed(module: str) -> bool:
    try:
        __import__(module)
    except ImportError:
        return False
    return True


# --- examples --------------------------------------------------------------------------------


def _examples(path: Path, reference: Variant) -> Iterator[Fault]:
    """Examples that do not come out as they are written, compared as numbers."""
    module = reference.module()
    for name, value in list(vars(module).items()):
        code = getattr(value, "__code__", None)
        own = code is not None and code.co_filename.endswith(path.as_posix())
        if name.startswith("_") or not (own or _is_own_class(value, module.__name__)):
            continue
        first = code.co_firstlineno if code is not None else 1
        names = _namespace(vars(module))  # one docstring's examples share their variables
        for line, example in _parsed(value, first):
            told = _untrue(example, names)
            if told:
                yield Fault(path, line, f"example of {name}: {told}", example.want.strip())


def _is_own_class(value: Any, module: str) -> bool:
    return isinstance(value, type) and value.__module__ == module


def _parsed(value: Any, first: int) -> Iterator[tuple[int, doctest.Example]]:
    doc = value.__doc__ or ""
    for example in doctest.DocTestParser().get_examples(doc):
        yield first + example.lineno + 1, example


def _untrue(example: doctest.Example, names: dict[str, Any]) -> str:
    """What is wrong with an example, or ""."""
    try:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            if not example.want:
                exec(example.source, names)
                return ""
            got = eval(example.source, names)
    except Exception as error:
        if example.exc_msg and example.exc_msg.startswith(type(error).__name__):
            return ""
        return f"it raises {type(error).__name__}: {error}"
    if example.exc_msg:
        return "nothing was raised"
    if got is None:
        same = printed.getvalue().split() == example.want.split()
        return "" if same else f"it prints {printed.getvalue().strip()!r}"
    try:
        expected = wanted_value(example.want, names)
    except Exception:
        return "" if repr(got).split() == example.want.split() else f"it gives {short(got)}"
    rtol, atol = _printed_precision(expected)
    found = difference(got, expected, rtol=rtol, atol=atol)
    return "" if found is None else found.headline


def _namespace(module: dict[str, Any]) -> dict[str, Any]:
    names = {"np": np, "array": np.array, "nan": math.nan, "inf": math.inf, **_PRINTED_DTYPES}
    with contextlib.suppress(ImportError):
        import torch

        names |= {"torch": torch, "tensor": torch.tensor}
    return {**names, **module}


def wanted_value(want: str, namespace: dict[str, Any]) -> Any:
    """The value an example's answer stands for; it is the course's own text."""
    return eval(want.strip(), namespace)


def _printed_precision(value: Any) -> tuple[float, float]:
    """(rtol, atol) of a printed value: Python prints all digits, NumPy eight, PyTorch four."""
    if is_tensor(value):
        return 1e-4, 6e-5
    return (1e-7, 6e-9) if isinstance(value, np.ndarray) else (1e-12, 1e-12)
