"""Reading an exercise as its author wrote it: docstrings, hints, examples, forbidden names.

This runs in a judge, on the course's own code.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import importlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.course.digest import decisive_files
from grader.course.examples import Example, examples_of
from grader.course.faults import COURSE_FILE
from grader.course.outline import Course, Exercise
from grader.course.reading.nodes import read_nodes
from grader.course.stubs import sections
from grader.course.text import read_source
from grader.errors import CourseError, Fault
from grader.grading.talk import Idea, Reviewed
from grader.judge.clocks import clock_reads
from grader.judge.contract import Asked, promises, unseen
from grader.judge.diagnosis.variants import Variant, load_variants
from grader.judge.examples import has_torch, namespace, unlike
from grader.sandbox.worker.guards import places

__all__ = ["HINT_LIMIT", "left_out", "review"]

#: Longest hint of a misconception, in characters: it asks or points, it does not explain.
HINT_LIMIT = 240
#: Libraries whose names authors forbid: a name near one of these is a slip.
_LIBRARIES = ("math", "numpy", "operator", "scipy", "statistics", "torch")
#: What people call libraries in their code, where course.yaml needs the name itself.
_ALIASES = {"np": "numpy", "nn": "torch.nn", "F": "torch.nn.functional"}


def review(course: Course, exercise: Exercise) -> Reviewed:
    """Everything that reading one exercise finds."""
    try:
        reference, variants = load_variants(course, exercise)
    except CourseError as error:
        if not has_torch() and all("No module named 'torch'" in f.what for f in error.faults):
            return Reviewed((), (), ())  # a module about PyTorch, where there is none
        return Reviewed((), (), tuple(error.faults))
    wrong = [variant for variant in variants if variant.size is None]
    root = Path(course.root)
    solution = course.solution(exercise).relative_to(root)
    text = read_source(course.solution(exercise), root)
    tree = ast.parse(text)
    functions = [n for n in tree.body if _is_public(n)]
    faults = [
        *_docstrings(solution, functions),
        *_sections(solution, text),
        *_examples(solution, text, reference),
        *_test_docstrings(course, exercise),
        *_hints(course.misconceptions(exercise).relative_to(root), wrong, reference),
        *_sizes(course.misconceptions(exercise).relative_to(root), variants),
        *_forbidden(course, exercise),
        *_unwritten(course, exercise),
        *_clocks(course, exercise),
    ]
    return Reviewed(
        tuple(getattr(n, "name", "") for n in functions),
        tuple(Idea(v.name, v.hint, v.line) for v in wrong),
        tuple(faults),
    )


def left_out(course: Course, exercise: Exercise, asked: list[Asked]) -> Iterator[Fault]:
    """What the docstrings of an exercise let in and its suite never tries.

    Args:
        asked: what the suite asks of the solution.
    """
    path = course.suite(exercise)
    tests = ast.parse(read_source(path, course.root)).body
    lines = {node.name: node.lineno for node in tests if isinstance(node, ast.FunctionDef)}
    promised = promises(read_source(course.solution(exercise), course.root))
    for promise, test in unseen(promised, asked):
        if test or has_torch():
            inside = path.relative_to(course.root)
            yield Fault(inside, lines.get(test, 1), str(promise), "what its docstring lets in")


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
    for node in ast.parse(read_source(path, course.root)).body:
        is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test")
        if isinstance(node, ast.FunctionDef) and is_test and not ast.get_docstring(node):
            inside = path.relative_to(course.root)
            yield Fault(inside, node.lineno, f"{node.name} has no docstring", "what must be so")


def _hints(path: Path, wrong: list[Variant], reference: Variant) -> Iterator[Fault]:
    there = vars(reference.module())
    for variant in wrong:
        for name in sorted(variant.replaces - there.keys()):
            if not name.startswith("_"):
                close = difflib.get_close_matches(name, there, 1)
                hint = f"did you mean {close[0]}?" if close else "a function of the solution"
                what = f"{variant.name} replaces {name}, which the solution does not have"
                yield Fault(path, variant.line, what, hint)
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


def _sizes(path: Path, variants: list[Variant]) -> Iterator[Fault]:
    """Sizes that are tried, and no function takes them."""
    for name in dict.fromkeys(v.name for v in variants if v.size is not None and not v.is_sized()):
        line = next(variant.line for variant in variants if variant.name == name)
        expected = "a keyword-only parameter `size` in one of its functions"
        yield Fault(path, line, f"{name} has __sizes__ that no function takes", expected)


def _forbidden(course: Course, exercise: Exercise) -> Iterator[Fault]:
    found = places(exercise.forbidden)
    for number, name in enumerate(exercise.forbidden):
        near = "" if name in found else _meant(name)
        if near:
            what = f"{exercise.id}: forbidden name {name} does not exist"
            yield Fault(COURSE_FILE, _line(course, exercise, "forbidden", number), what, near)


def _meant(name: str) -> str:
    """What to say of a name that was not found; "" if another version may well have it."""
    top, *parts = name.split(".")
    if top in _ALIASES:
        return f"did you mean {'.'.join([_ALIASES[top], *parts])}?"
    try:
        where: Any = importlib.import_module(top)
    except ImportError:
        close = difflib.get_close_matches(top, _LIBRARIES, 1, 0.8)
        return f"did you mean {close[0]}?" if close and top not in _LIBRARIES else ""
    done = top
    for part in parts:
        if not hasattr(where, part):
            # Python's own library grows by names; of others we have the version in use.
            grows = top in sys.stdlib_module_names
            close = difflib.get_close_matches(part, dir(where), 1, 0.85 if grows else 0.7)
            if close:
                return f"did you mean {done}.{close[0]}?"
            return "" if grows else "a dotted name of an installed library"
        where, done = getattr(where, part), f"{done}.{part}"
    return ""


def _line(course: Course, exercise: Exercise, *place: str | int) -> int:
    """The line in course.yaml of something of an exercise."""
    _, lines, _ = read_nodes(course.file().read_bytes(), COURSE_FILE)
    for i, unit in enumerate(course.units):
        for j, other in enumerate(unit.exercises):
            if other.id == exercise.id:
                return lines.get(("units", i, "exercises", j, *place), 0)
    return 0


def _clocks(course: Course, exercise: Exercise) -> Iterator[Fault]:
    """Places at which what decides the marks looks at the clock."""
    root = Path(course.root)
    wrong = course.misconceptions(exercise)
    for path in decisive_files(course, exercise):
        is_code = path.suffix == ".py" and "data" not in path.relative_to(root).parts[:1]
        if not is_code or path == wrong:
            continue
        with contextlib.suppress(SyntaxError, CourseError):  # that is told by whoever imports it
            for line, name in clock_reads(read_source(path, root)):
                what = f"looks at the clock ({name}), which depends on what else the machine does"
                yield Fault(path.relative_to(root), line, what, "calls that are counted, not timed")


def _unwritten(course: Course, exercise: Exercise) -> Iterator[Fault]:
    """Lines that `grade new` left for the author, and lines that are no text."""
    root = Path(course.root)
    files = [
        course.solution(exercise),
        course.misconceptions(exercise),
        course.suite(exercise),
        *sorted(course.accepts(exercise).glob("*.py")),
    ]
    for path in files:
        try:
            text = read_source(path, root) if path.is_file() else ""
        except CourseError as error:
            yield from error.faults
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if "TODO" in line:
                yield Fault(path.relative_to(root), number, "still says TODO")
    if "TODO" in exercise.title:
        at = _line(course, exercise, "title")
        yield Fault(COURSE_FILE, at, f"the title of {exercise.id} still says TODO")


# --- examples --------------------------------------------------------------------------------


def _examples(path: Path, text: str, reference: Variant) -> Iterator[Fault]:
    """Examples that do not come out as they are written, compared as numbers."""
    module = reference.module()
    try:
        found = examples_of(text)
    except ValueError as error:
        yield Fault(path, 1, f"examples: {error}", "as doctest has them")
        return
    for name, examples in found.items():
        if not has_torch() and any("torch" in e.source + e.want for e in examples):
            continue
        names = namespace(vars(module))  # one docstring's examples share their variables
        for example in examples:
            wrong = _untrue(example, names)
            if wrong:
                want = "" if "expected" in wrong else " ".join(example.want.split())
                yield Fault(path, example.line, f"example of {name}: {wrong.rstrip('.')}", want)


def _untrue(example: Example, names: dict[str, Any]) -> str:
    """What is wrong with an example, or ""."""
    got: Any = None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        try:
            if example.want:
                got = eval(example.source, names)
            else:
                exec(example.source, names)
        except Exception as error:
            right = example.error == type(error).__name__
            return "" if right else f"it raises {type(error).__name__}: {error}"
    if example.error:
        return "nothing was raised"
    found = unlike(example, got, repr(got), printed.getvalue())
    return found.headline.replace("It ", "it ", 1) if found is not None else ""
