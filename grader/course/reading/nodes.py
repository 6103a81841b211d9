"""course.yaml as nodes: every scalar as text, every value with its line, every fault at once.

YAML's own reading of scalars is where its traps lie (`1:30` is ninety, `on` is true), so it is
not used: what a scalar means is decided by the field it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import yaml
from yaml.reader import ReaderError

from grader.course.faults import not_utf8
from grader.course.text import plain_lines
from grader.errors import CourseError, Fault

__all__ = ["KeyPath", "Lines", "quote", "read_nodes"]

#: Where a value stands: the keys and list positions that lead to it from the top.
KeyPath = tuple[str | int, ...]
#: The 1-based line of each value by its place; what has a key is on the key's line.
Lines = dict[KeyPath, int]

#: Levels of lists and mappings; a course has six. The parser calls itself once for each.
_DEPTH = 12
#: Bytes of a course.yaml: a thousand exercises need a tenth of it.
_SIZE = 1 << 20


class _Reader:
    """Turns a node tree into dicts, lists and text, and keeps the lines."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.lines: Lines = {}
        self.faults: list[Fault] = []

    def value(self, node: yaml.Node, place: KeyPath) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, i)) for i, item in enumerate(node.value)]
        text = self._text(node)
        # `key:` with nothing behind it is an absent value, not an empty text.
        return None if not text and not getattr(node, "style", None) else text

    def _mapping(self, node: yaml.MappingNode, place: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.faults.append(self.fault(key, "a key that is no word", "a plain key"))
                continue
            name = self._text(key)
            here = (*place, name)
            if name in found:
                first = self.lines[here]
                what = f"{quote(name)} is there twice (first on line {first})"
                self.faults.append(self.fault(key, what, "each key once"))
                continue
            self.lines[here] = key.start_mark.line + 1
            found[name] = self.value(value, here)
        return found

    def _text(self, node: yaml.Node) -> str:
        text = str(node.value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.faults.append(self.fault(node, "half a character, \\uD8…", "a whole character"))
            return text.encode("utf-8", "replace").decode()
        return text

    def fault(self, node: yaml.Node, what: str, expected: str) -> Fault:
        return Fault(self.file, node.start_mark.line + 1, what, expected)


def quote(name: str) -> str:
    """A key as a message names it: one line, with quotes where they help."""
    return name if name and " " not in name and name.isprintable() else repr(name[:40])


def read_nodes(data: bytes, file: Any) -> tuple[Any, Lines, list[Fault]]:
    """The content of a course.yaml, the line of each value, and the faults of form.

    Raises:
        CourseError: it is no YAML at all.
    """
    text = _decoded(data, file)
    try:
        node = _node(text, file)
    except (yaml.YAMLError, ValueError) as error:
        raise CourseError([_syntax(error, text, file)]) from None
    if node is None:
        raise CourseError([Fault(file, 1, "the file is empty", "format, title and units")])
    reader = _Reader(file)
    value = reader.value(node, ())
    return value, reader.lines, reader.faults


def _node(text: str, file: Any) -> yaml.Node | None:
    """The one document, read in C where PyYAML has that: it takes a tenth of the time.

    What is wrong is told by the same parser everywhere, so in the same words; and a tab, of which
    the one in C lets some pass, is wrong everywhere.

    Raises:
        CourseError, yaml.YAMLError, ValueError: it is not as it should be.
    """
    if yaml.__with_libyaml__ and "\t" not in text:
        with suppress(CourseError, yaml.YAMLError, ValueError):
            return _composed(text, file, yaml.CSafeLoader)
    return _composed(text, file, yaml.SafeLoader)


def _composed(text: str, file: Any, loader: Any) -> yaml.Node | None:
    faults = list(_unwanted(text, file, loader))
    if faults:
        raise CourseError(faults)
    node: yaml.Node | None = yaml.compose(text, Loader=loader)
    return node


def _decoded(data: bytes, file: Any) -> str:
    if len(data) > _SIZE:
        raise CourseError([Fault(file, 1, f"{len(data):,} bytes", "at most 1 MiB")])
    try:
        text = plain_lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CourseError([not_utf8(file, data, error)]) from None
    # YAML ends a line at these too, no editor does: the lines below would be counted wrong.
    found = re.search("[\x85\u2028\u2029]", text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        what = f"an invisible line break, U+{ord(found[0]):04X}"
        raise CourseError([Fault(file, line, what, "an ordinary one, or a space")])
    return text


def _unwanted(text: str, file: Any, loader: Any) -> Iterator[Fault]:
    """What YAML allows and a course file does not: references, tags, depth, a second document."""
    documents = depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
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
        if depth > _DEPTH:
            yield Fault(file, line, "nested too deeply", f"at most {_DEPTH} levels")
            return


def _syntax(error: Exception, text: str, file: Any) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        problem = error.problem or error.context or ""
        if "'\\t'" in problem:
            return Fault(file, line, "a tab", "spaces, which are all that YAML indents with")
    elif isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        problem = f"the character U+{int(error.character):04X}"
    else:
        line, problem = 1, str(error)
    line = min(line, text.count("\n", 0, len(text.rstrip())) + 1)
    expected = "`key: value`, with quotes around text that holds `: `"
    return Fault(file, line, f"this is no YAML: {' '.join(problem.split())}", expected)
