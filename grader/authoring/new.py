"""Beginning an exercise: its files in the four trees, and its entry in course.yaml."""

from __future__ import annotations

from pathlib import Path

import yaml

from grader.course.outline import Course
from grader.course.reading.shape import check_folder_name, check_module_name
from grader.course.reading.units import points_of
from grader.course.text import Cut, Text
from grader.errors import UsageError

__all__ = ["new", "with_entry"]

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
    try:
        check_folder_name(unit)
        check_module_name(name)
    except ValueError as error:
        raise UsageError(f"{unit}/{name}: {error}, as in 01_vectors/magnitude") from None
    if course.exercise(name) is not None:
        raise UsageError(f"{course.title} has an exercise {name} already")
    root, file = Path(course.root), course.file()
    entered = _with_point(with_entry(file.read_bytes().decode("utf-8"), unit, name))
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
    file.write_bytes(entered.encode("utf-8"))
    return [*written, file]


def with_entry(text: str, unit: str, name: str) -> str:
    """course.yaml with one more exercise at the end of a unit; all else stays as it is.

    Raises:
        UsageError: the list it belongs to is written on one line, in brackets.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    document = yaml.compose(text, Loader=yaml.SafeLoader)
    units = _value(document, "units")
    if not isinstance(units, yaml.SequenceNode):
        raise UsageError("course.yaml has no list of units; expected `units:`")
    for node in units.value:
        found = _value(node, "id")
        if isinstance(found, yaml.ScalarNode) and found.value == unit:
            exercises = _value(node, "exercises")
            if node.flow_style or not isinstance(exercises, yaml.SequenceNode):
                raise UsageError(f"write unit {unit} one key below the other, then try again")
            column = int(node.start_mark.column) + 2
            return _appended(text, exercises, column, _entry(name)).replace("\n", newline)
    entry = [f"- id: {unit}", "  title: TODO", "  exercises:", *_indented(_entry(name), 4)]
    return _appended(text, units, 2, entry).replace("\n", newline)


def _with_point(text: str) -> str:
    """A course that states its sum states it with the new test's point."""
    stated = _value(yaml.compose(text, Loader=yaml.SafeLoader), "points")
    if not isinstance(stated, yaml.ScalarNode):
        return text
    total = str(points_of(stated.value) + 1)
    return Text(text).edited([Cut(stated.start_mark.index, stated.end_mark.index, total)])


def _entry(name: str) -> list[str]:
    return [f"- id: {name}", "  title: TODO", "  tests:", f"    test_{name}: 1"]


def _indented(lines: list[str], column: int) -> list[str]:
    return [" " * column + line for line in lines]


def _appended(text: str, items: yaml.SequenceNode, column: int, entry: list[str]) -> str:
    """A text with one more item in a list; `column` is where the first of an empty one goes."""
    lines = text.split("\n")
    if not items.value:
        # `key: []  # comment` keeps its comment.
        start, end = items.start_mark, items.end_mark
        if start.line != end.line:
            raise UsageError(f"line {start.line + 1}: write the empty list as []")
        line = lines[start.line]
        lines[start.line] = (line[: start.column].rstrip() + line[end.column :]).rstrip()
        at = start.line + 1
    elif items.flow_style:
        raise UsageError(
            f"line {items.start_mark.line + 1}: write the list one item below the other"
        )
    else:
        column, at = int(items.start_mark.column), _last_line(items)
    lines[at:at] = _indented(entry, column)
    return "\n".join(lines) if lines[-1] == "" else "\n".join(lines) + "\n"


def _last_line(node: yaml.Node) -> int:
    """The number of lines up to and with the last one of a node (block nodes end a line late)."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.line) + (1 if node.end_mark.column else 0)


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for k, value in pairs if k.value == key), None)
