"""course.yaml as nodes: every scalar as text, every value with its line, every fault at once.

YAML's own reading of scalars is where its traps lie (`1:30` is ninety, `on` is true), so it is
not used: what a scalar means is decided by the field it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from grader.errors import CourseError, Fault

__all__ = ["Lines", "Place", "read_nodes"]

Place = tuple[str | int, ...]
#: The 1-based line of each value, by its place; of each key, by its place and "key".
Lines = dict[Place, int]

_DEPTH = 12
_SIZE = 1 << 20


class _Reader:
    """Turns a node tree into dicts, lists and text, and keeps the lines."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.lines: Lines = {}
        self.faults: list[Fault] = []

    def value(self, node: yaml.Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if len(place) > _DEPTH:
            self.faults.append(self.fault(node, "nested too deeply", "at most twelve levels"))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, i)) for i, item in enumerate(node.value)]
        text = str(node.value)
        # `key:` with nothing behind it is an absent value, not an empty text.
        return None if not text and getattr(node, "style", None) is None else text

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.faults.append(self.fault(key, "a key that is no word", "a plain key"))
                continue
            name = str(key.value)
            here = (*place, name)
            if name in found:
                first = self.lines[here]
                told = f"{name} is there twice (first on line {first})"
                self.faults.append(self.fault(key, told, "each key once"))
                continue
            self.lines[here] = key.start_mark.line + 1
            found[name] = self.value(value, here)
        return found

    def fault(self, node: yaml.Node, what: str, expected: str = "") -> Fault:
        return Fault(self.file, node.start_mark.line + 1, what, expected)


def read_nodes(data: bytes, file: Any) -> tuple[Any, Lines, list[Fault]]:
    """The content of a course.yaml, the line of each value, and the faults of form.

    Raises:
        CourseError: it is no YAML at all.
    """
    text = _decoded(data, file)
    try:
        faults = list(_unwanted(text, file))
        if faults:
            raise CourseError(faults)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise CourseError([_syntax(error, text, file)]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CourseError([Fault(file, 1, f"this is no YAML: {told}")]) from None
    if node is None:
        raise CourseError([Fault(file, 1, "the file is empty", "format, title and units")])
    reader = _Reader(file)
    value = reader.value(node, ())
    return value, reader.lines, reader.faults


def _decoded(data: bytes, file: Any) -> str:
    if len(data) > _SIZE:
        raise CourseError([Fault(file, 1, f"{len(data):,} bytes", "at most 1 MiB")])
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CourseError([Fault(file, line, "a byte that is not UTF-8", "UTF-8 text")]) from None


def _unwanted(text: str, file: Any) -> Iterator[Fault]:
    """What YAML allows and a course file does not: references, tags, a second document."""
    documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            yield Fault(file, line, f"a reference, *{anchor}", "the value written out")
        elif anchor:
            yield Fault(file, line, f"an anchor, &{anchor}", "the value written out")
        elif tag:
            yield Fault(file, line, f"a tag, {tag}", "a plain value")
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                yield Fault(file, line, "a second document", "one document")


def _syntax(error: yaml.MarkedYAMLError, text: str, file: Any) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 1
    lines = text.splitlines()
    if 0 < line <= len(lines) and "\t" in lines[line - 1][: len(lines[line - 1]) or 1]:
        return Fault(file, line, "a tab", "spaces, which are all that YAML indents with")
    return Fault(file, line, f"this is no YAML: {error.problem or error.context}")
