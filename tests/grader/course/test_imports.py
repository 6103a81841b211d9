"""What a text imports: never less than Python does, in any of the ways in which it can be written.

Python's own parser is asked where a text is honest; where it is hostile, time is what counts.
"""

from __future__ import annotations

import ast
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.imports import imports_of

ROOT = Path(__file__).resolve().parents[3]

WRITTEN = {
    "import a": {"a"},
    "import a as b, c.d as e ,f": {"a", "c.d", "f"},
    "import \\\n  a, \\\r\n b": {"a", "b"},
    "from a import b": {"a", "a.b"},
    "from a.b import c as d, e": {"a.b", "a.b.c", "a.b.e"},
    "from a import (b,  # (not c)\n    d as e,\n)": {"a", "a.b", "a.d"},
    "from a import(b)": {"a", "a.b"},
    "from a import *": {"a", "a.*"},
    "from . import helper": {".", ".helper"},
    "from .helper import x": {".helper", ".helper.x"},
    "from.helper import x": {".helper", ".helper.x"},
    "from ..p.q import x": {"..p.q", "..p.q.x"},
    "if 1: import a; import b": {"a", "b"},
    "f('import this'): import a": {"this", "a"},
    "def f():\n    yield from a\nimport b": {"b"},
    "raise E from a; import b": {"b"},
    "try:\n\timport a\nexcept ImportError:\n\tfrom b import c": {"a", "b", "b.c"},
    "import ｍagnitude": {"magnitude"},
    "pytest.importorskip('scipy')": {"scipy"},
    "x.import_a; imports = a; from_b = 2": set(),
    '"""It differs from magnitude."""': set(),
    "": set(),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_imports_are_found_as_they_are_written(text: str) -> None:
    assert imports_of(text) == (WRITTEN[text], False)


DYNAMIC = (
    "import importlib",
    "from importlib import import_module",
    "import runpy as r",
    "from pickle import loads",
    "import builtins",
    "__import__('a')",
    "exec('import a')",
    "x = eval",
    "getattr(__builtins__, 'ev' + 'al')",
    "import sys\nsys.modules['a']",
    "from sys import path, modules",
    "from sys import *",
    "pytest_plugins = ['a']",
    "import_module(name)",
    "pytest.importorskip(name)",
)


@pytest.mark.parametrize("text", DYNAMIC)
def test_a_text_that_may_import_anything_is_known(text: str) -> None:
    assert imports_of(text).dynamic


@pytest.mark.parametrize(
    "text",
    ["model.eval()", "cursor.exec", "evaluate(x)", "net.modules()", "sys.path", "re.compile"],
)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert not imports_of(text).dynamic


def parsed(text: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names if node.module)}
    return names


def test_nothing_is_missed_in_a_whole_repository() -> None:
    texts = [path.read_text("utf-8") for path in ROOT.glob("grader/**/*.py")]
    texts += [path.read_text("utf-8") for path in ROOT.glob("tests/**/*.py")]
    assert len(texts) > 200
    for text in texts:
        try:
            names = parsed(text)
        except (SyntaxError, ValueError, RecursionError):  # one submission is too deep to be read
            continue
        assert names <= imports_of(text).names


_NAME = st.sampled_from(["a", "b_1", "fromage", "important", "émile", "_x"])
_DOTTED = st.lists(_NAME, min_size=1, max_size=3).map(".".join)
_AS = st.sampled_from(["", " as y", "\tas  zz"])
_ITEMS = st.lists(st.tuples(_DOTTED, _AS).map("".join), min_size=1, max_size=3)
_PLAIN = st.lists(st.tuples(_NAME, _AS).map("".join), min_size=1, max_size=3)
_STATEMENT = st.one_of(
    _ITEMS.map(lambda items: f"import {', '.join(items)}"),
    st.tuples(st.sampled_from(["", ".", "..", "..."]), _DOTTED, _PLAIN).map(
        lambda parts: f"from {parts[0]}{parts[1]} import {','.join(parts[2])}"
    ),
    _PLAIN.map(lambda items: f"from a import (  # from x import (\n  {', '.join(items)},\n)"),
    st.sampled_from(["x = 1", "y = 'from a import b'", "# import c", "pass", "z = 'import ('"]),
)


@given(st.lists(_STATEMENT, max_size=6), st.sampled_from(["\n", ";", " ; ", "\n\n"]))
def test_nothing_is_missed_however_it_is_laid_out(lines: list[str], joint: str) -> None:
    text = joint.join(lines)
    try:
        names = parsed(text)
    except SyntaxError:
        return
    assert names <= imports_of(text).names


@pytest.mark.parametrize(
    "piece",
    ["from ", "import ", "from.from.", "from a import (", "sys ", ".", "import a,", "\\\n",
     "importorskip(", "from a import (#", "import a as ", "eval", "from a import b as "],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    text = piece * ((256 << 10) // len(piece))
    began = time.process_time()
    imports_of(text)
    imports_of(f"from {text}")
    assert time.process_time() - began < 5
