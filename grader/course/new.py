"""Beginning an exercise: its files in the four trees, and its entry in course.yaml."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from grader.course.outline import Course
from grader.errors import UsageError

__all__ = ["new"]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_UNIT = re.compile(r"[a-z0-9][a-z0-9_]*")

_SOLUTION = '''"""TODO: the exercise's question, on one line?

TODO: what to build, and why a network needs it.

Hints
-----
1. TODO: the goal, in shapes.
2. TODO: a question about the idea.
3. TODO: a line of code with blanks (____).

Why it works
------------
TODO: one or two sentences.
"""

from __future__ import annotations

import numpy as np


def {name}(x: np.ndarray) -> float:
    """TODO: the idea in one sentence.

    TODO: the formula.

    Args:
        x: shape (n,).

    Returns:
        One number, a float.

    Examples:
        >>> {name}(np.array([1.0, 2.0]))
        0.0
    """
    return 0.0
'''

_SUITE = '''"""TODO: what this suite marks."""

import numpy as np

from grader import assert_close


def test_{name}(student):
    """TODO: the sentence a student reads when this fails."""
    assert_close(student.{name}(np.array([1.0, 2.0])), 0.0)
'''

_MISCONCEPTIONS = '''"""Wrong ideas about {name}."""


class NamesTheIdea:
    """TODO: a hint that asks or points, at most 240 characters."""

    def {name}(x):
        return 1.0
'''

_ACCEPTED = '''"""TODO: another right way."""


def {name}(x):
    return 0.0
'''


def new(course: Course, unit: str, name: str) -> list[Path]:
    """Write the files of a new exercise that do not exist yet, and its entry in course.yaml.

    Returns:
        The files that were written, course.yaml last. The stub is not among them: it follows from
        the solution (`grade sync`).

    Raises:
        UsageError: the name cannot be a module's, or the course has it already.
    """
    if not _NAME.fullmatch(name) or not _UNIT.fullmatch(unit):
        raise UsageError(
            f"{unit}/{name}: expected UNIT/EXERCISE in lower_snake_case, e.g. 01_vectors/magnitude"
        )
    if course.exercise(name) is not None:
        raise UsageError(f"{course.title} has an exercise {name} already")
    root = Path(course.root)
    texts = {
        root / "solutions" / unit / f"{name}.py": _SOLUTION,
        root / "misconceptions" / unit / f"{name}.py": _MISCONCEPTIONS,
        root / "tests" / "hidden" / unit / f"test_{name}.py": _SUITE,
        root / "tests" / "accepts" / unit / name / "another_way.py": _ACCEPTED,
    }
    written = []
    for path, text in texts.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("{name}", name), "utf-8")
            written.append(path)
    file = course.file()
    file.write_text(with_entry(file.read_text("utf-8"), unit, name), "utf-8")
    return [*written, file]


def with_entry(text: str, unit: str, name: str) -> str:
    """course.yaml with one more exercise at the end of a unit; all else stays as it is."""
    document = yaml.compose(text)
    assert isinstance(document, yaml.MappingNode)
    units = _value(document, "units")
    assert isinstance(units, yaml.SequenceNode)
    for node in units.value:
        if isinstance(node, yaml.MappingNode) and _text(node, "id") == unit:
            return _appended(text, node, _value(node, "exercises"), name)
    indent = units.value[0].start_mark.column if units.value else 4
    entry = (
        f"{' ' * (indent - 2)}- id: {unit}\n{' ' * indent}title: TODO\n{' ' * indent}exercises:\n"
        + _entry(name, indent + 2)
    )
    return f"{text.rstrip()}\n{entry}"


def _entry(name: str, indent: int) -> str:
    pad = " " * indent
    return f"{pad}- id: {name}\n{pad}  title: TODO\n{pad}  tests:\n{pad}    test_{name}: 1\n"


def _appended(text: str, unit: yaml.MappingNode, exercises: yaml.Node | None, name: str) -> str:
    lines = text.splitlines(keepends=True)
    if not isinstance(exercises, yaml.SequenceNode) or exercises.flow_style:
        if isinstance(exercises, yaml.SequenceNode) and exercises.value:
            raise UsageError("write the unit's exercises one below the other, then try again")
        column = unit.start_mark.column
        entry = f"{' ' * column}exercises:\n{_entry(name, column + 2)}"
        if exercises is None:
            at = _last_line(unit)
            return "".join([*lines[:at], entry, *lines[at:]])
        line = exercises.start_mark.line
        return "".join([*lines[:line], entry, *lines[line + 1 :]])
    at = _last_line(exercises.value[-1])
    indent = exercises.value[-1].start_mark.column - 2
    if lines and at == len(lines) and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join([*lines[:at], _entry(name, indent), *lines[at:]])


def _last_line(node: yaml.Node) -> int:
    """The number of lines up to and with the last one of a node (block nodes end a line late)."""
    leaf = node
    while isinstance(leaf, yaml.MappingNode | yaml.SequenceNode) and leaf.value:
        last = leaf.value[-1]
        if leaf.flow_style:
            break
        leaf = last[1] if isinstance(last, tuple) else last
    return int(leaf.end_mark.line) + (1 if leaf.end_mark.column else 0)


def _value(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for k, value in node.value if k.value == key), None)


def _text(node: yaml.MappingNode, key: str) -> str:
    value = _value(node, key)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else ""
