"""A notebook as a file: which cells are read of it, within which bounds."""

from __future__ import annotations

import ast
import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import SubmissionError
from grader.handin.cells.definitions import read_statements
from grader.handin.cells.file import Block, Cell, read_blocks, read_cells
from grader.handin.cells.module import make, place
from support.cells import module, notebook

R = {"language_info": {"name": "R"}}


def test_code_cells_are_counted_among_all() -> None:
    cells, notes = read_cells(notebook(("markdown", "# Hi"), "x = 1", ("raw", "!"), ["y\n", "z"]))
    assert cells == [Cell("cell 2", "x = 1", "Hi\n"), Cell("cell 4", "y\nz")]
    assert not notes


def test_what_jupyter_writes_is_read() -> None:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("def f(): return 1")])
    assert [c.source for c in read_cells(nbformat.writes(made).encode())[0]] == [
        "def f(): return 1"
    ]


def test_ids_may_be_twice_or_missing_and_outputs_may_hold_nan() -> None:
    data = notebook("a = 1", "b = 'NaN, Infinity'").replace(b', "id": "same"', b"", 1)
    data = data.replace(b'"outputs": []', b'"outputs": [{"data": [NaN, -Infinity]}]')
    assert [c.source for c in read_cells(data)[0]] == ["a = 1", "b = 'NaN, Infinity'"]


def test_a_mark_at_the_beginning_does_no_harm() -> None:
    assert read_cells(b"\xef\xbb\xbf" + notebook("x = 1"))[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "it is broken or was cut off"),
        (notebook("x = 1")[:-9], "it is broken or was cut off"),
        (b"[1, 2]", "some other JSON"),
        (b"[" * 100_000, "it is"),
        (b'{"cells": []}', "it names no format"),
        (notebook(nbformat="4"), "it names no format"),
        (notebook(nbformat=3), "it has no list of cells"),
        (notebook(nbformat=0), "in notebook format 0; formats 1 to 4 are read"),
        (notebook(nbformat=9), "in notebook format 9; formats 1 to 4 are read"),
        (notebook().replace(b": 4,", b": " + b"9" * 400 + b","), "it names no format"),
        (notebook(cells={}), "it has no list of cells"),
        (notebook("f <- function(x) {", metadata=R), "a notebook in R, not in Python"),
        (notebook("def f(x: Int): Int = x", metadata=R), "a notebook in R, not in Python"),
        (notebook("x = 3  # def f():", metadata=R), "a notebook in R, not in Python"),
    ],
)
def test_what_is_no_notebook_is_named(data: bytes, told: str) -> None:
    with pytest.raises(SubmissionError) as met:
        read_cells(data)
    assert told in str(met.value)


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    return x",
        "%time 1\nclass A(B):  # a\n    pass",
        "def f(\n    x\n): return x",
    ],
)
def test_python_is_python_whatever_kernel_it_was_opened_with_last(code: str) -> None:
    assert [c.source for c in read_cells(notebook("x <- 1", code, metadata=R))[0]] == [
        "x <- 1",
        code,
    ]


CODE = "def f(x):\n    return x"


@pytest.mark.parametrize(
    "older",
    [
        {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [
            {"cells": [{"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Part 1"]}]},
            {"cells": [{"cell_type": "code", "collapsed": False, "input": [CODE], "language":
                        "python", "metadata": {}, "outputs": [], "prompt_number": 1}]},
        ]},
        {"nbformat": 2, "metadata": {"name": ""}, "worksheets": [{"cells": [
            {"cell_type": "markdown", "source": "## Part 1"},
            {"cell_type": "code", "input": CODE, "outputs": []},
        ]}]},
        {"nbformat": 1, "cells": [
            {"cell_type": "text", "text": "## Part 1"}, {"cell_type": "code", "code": CODE},
        ]},
    ],
)  # fmt: skip
def test_older_formats_are_read_as_nbformat_reads_them(older: dict[str, Any]) -> None:
    data = json.dumps(older).encode()
    if older["nbformat"] > 1:  # nbformat's own converter of the first one is broken
        converted = nbformat.reads(data.decode(), as_version=4)
        assert [cell.source for cell in converted.cells] == ["## Part 1", CODE]
    assert read_cells(data) == ([Cell("cell 2", CODE, "Part 1\n")], [])
    assert [(b.kind, b.source) for b in read_blocks(data)] == [
        ("markdown", "## Part 1"), ("code", CODE),
    ]  # fmt: skip


def test_a_strange_cell_is_left_out_and_the_others_are_read() -> None:
    strange = [7, None, [], {"cell_type": "code", "source": {"a": 1}}, {"source": ""}]
    good = {"cell_type": "code", "source": "x = 1"}
    cells, notes = read_cells(notebook(cells=[*strange, good]))
    assert [c.label for c in cells] == ["cell 6"]
    assert len(notes) == 5
    assert notes[0] == "cell 1 was left out: it is not what a notebook's cell is"


def test_too_much_code_is_not_read() -> None:
    cells, notes = read_cells(notebook("x = 1", "y = 2\n" * 100_000, "z = 3"))
    assert len(cells) == 2
    assert notes == ["cell 2 was left out: it is longer than 64 KiB"]
    cells, notes = read_cells(notebook(*["y = 2\n" * 10_000] * 6))
    assert len(cells) == 4
    assert notes == ["cell 5 and all below were left out: too much code"]
    cells = [Cell("cell 1", "x = 1\n" * 5), Cell("cell 2", "x = 1\n" * 4), Cell("cell 3", "x")]
    assert read_statements(cells, 8)[1] == ["cell 2 was left out: too many statements"]
    assert len(read_cells(notebook(*["x"] * 3000))[0]) == 2000


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


def test_half_of_a_letter_costs_nothing_but_itself() -> None:
    source = r"a = '\ud83d', '\ud83d\ude00', '\\ud83d', '\uDE00'"
    data = notebook("SOURCE").replace(b"SOURCE", source.encode())
    assert [c.source for c in read_cells(data)[0]] == [
        "a = '\ufffd', '\U0001f600', '\\ud83d', '\ufffd'"
    ]
    with pytest.raises(SubmissionError, match="broken or was cut off"):
        read_cells(data.replace(rb"\ud83d", rb"\ud8", 1))


words = r"def f():|return 1|x = |1|%|!|?|'|(|)|@f|import f|;|class f:|# |é|lambda: |await |%%time"


pieces = st.sampled_from([*words.split("|"), "\\", "\n", "\n    ", '"""', "\x00", "\ud800"])


sources = st.lists(pieces, max_size=14).map("".join)


cells = st.fixed_dictionaries(
    {"cell_type": st.just("code") | values, "source": sources | st.lists(sources) | values},
)


@given(st.lists(cells, max_size=4), st.just(4) | values, values)
def test_fuzz_any_json_as_a_notebook(cells: Any, version: Any, metadata: Any) -> None:
    content = {"cells": cells, "nbformat": version, "metadata": metadata}
    assert is_read_or_refused(json.dumps(content).encode())


@given(st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()))
def test_fuzz_any_bytes_as_a_notebook(data: bytes) -> None:
    assert is_read_or_refused(data)


@given(st.lists(sources, max_size=4))
def test_fuzz_any_cells(sources: list[str]) -> None:
    text = module(*sources)
    assert is_python(text)
    assert not text or place(text, "f.py", text.count("\n"))


def is_read_or_refused(data: bytes) -> bool:
    """Whether a module that Python can read comes of it, or a sentence on why none does."""
    try:
        cells, _ = read_cells(data)
    except SubmissionError as error:
        return bool(str(error))
    return is_python(make(cells, read_statements(cells)[0]).text)


def is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


@pytest.mark.parametrize(
    "source",
    [
        "-" * 100_000 + "1",
        "not " * 40_000 + "1",
        "(" * 5000,
        "a" + ".b" * 50_000,
        "x = " + "1 if 1 else " * 10_000 + "1",
        "if a: pass\n" + "elif b: pass\n" * 10_000,
        "[" * 150 + "1" + " for x in y]" * 150,
        "lambda: " * 20_000 + "1",
        "x = " + "[" * 90 + "-" * 3000 + "1" + "]" * 90,
    ],
)
def test_code_that_is_hard_to_read_costs_nothing_beside_it(source: str) -> None:
    text = module("def before(): return 1", source, f"def f():\n    return {source}",
                  "def after(): return 2")  # fmt: skip
    assert is_python(text)
    assert {"before", "after"} <= {
        node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
    }


def test_all_cells_with_the_ids_that_nbgrader_gave_them() -> None:
    def marked(source: object, metadata: object, kind: str = "code") -> dict[str, object]:
        return {"cell_type": kind, "source": source, "metadata": metadata}

    cells = [
        marked(["a\n", "b"], {"nbgrader": {"grade_id": "wxb-a", "points": "many"}}),
        marked("c", {"nbgrader": {"grade_id": ["x"]}}, "markdown"),
        marked("d", {"nbgrader": 5}, "raw"),
        marked("e", None),
        marked("f", {}, "evil"),
        7,
    ]
    data = json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}).encode()
    assert read_blocks(data) == [
        Block("code", "a\nb", "wxb-a"),
        Block("markdown", "c"),
        Block("raw", "d"),
        Block("code", "e"),
    ]
    with pytest.raises(SubmissionError, match="it is not a notebook"):
        read_blocks(b"[]")
    many = [marked("x" * 60_000, {}) for _ in range(40)]
    data = json.dumps({"cells": many, "nbformat": 4, "metadata": {}}).encode()
    assert 10 < len(read_blocks(data)) < 20, "no more text than a notebook may have"
