"""A program without what tells whose it is."""

from __future__ import annotations

import ast

import pytest

from grader.classroom.insight.bare import bare

SECRET = "Jane Doe"
HERS = f'''"""By {SECRET}."""
# {SECRET} was here
import numpy as np

AUTHOR = "{SECRET}"


def magnitude(v: "{SECRET}" = "{SECRET}"):
    """{SECRET} measures."""
    # {SECRET}
    "{SECRET}"
    print(f"{{v}} by {SECRET}", b"{SECRET}")
    return np.sqrt((v * v).sum())


async def other():
    """{SECRET}"""


class Kept:
    """{SECRET}"""

    def inner(self):
        r"""{SECRET}"""
        return {{"{SECRET}": 1}}
'''


def test_nothing_that_stands_in_texts_is_left() -> None:
    code = bare(HERS)
    assert SECRET not in code
    assert "AUTHOR" not in code
    assert "np.sqrt((v * v).sum())" in code
    assert [node.name for node in ast.parse(code).body] == ["magnitude", "other", "Kept"]  # type: ignore[attr-defined]


def test_the_function_alone() -> None:
    assert bare(HERS, frozenset({"magnitude", "absent"})).count("def ") == 1
    assert bare(HERS, frozenset({"absent"})).count("def ") == 3


@pytest.mark.parametrize("text", ["def broken(:", "", "x = 1", "\0", "(" * 5000])
def test_what_is_no_program_comes_to_nothing(text: str) -> None:
    assert bare(text) == ""


def test_a_very_long_program_is_cut() -> None:
    text = "def long(x):\n" + "    x = x + 1\n" * 5000
    assert len(bare(text)) < 9000
    assert bare(text).endswith("…")
