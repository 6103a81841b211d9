"""What people change so that a program looks different is no part of its tokens."""

from __future__ import annotations

import pytest

from grader.classroom.similar.tokens import tokens

PLAIN = """
import numpy as np

def length(v):
    total = 0.0
    for each in v:
        total += each * each
    return np.sqrt(total)
"""
DISGUISED = '''
"""My own work."""
from __future__ import annotations
import numpy as np   # numbers


def length(vector: np.ndarray) -> float:
    """All mine."""
    s: float = 0.0  # begin
    for x in vector:

        s += (x * x)
    return (np.sqrt(
        s))
'''


def texts(source: str) -> list[str]:
    return [token.text for token in tokens(source)]


def test_names_comments_layout_annotations_and_docstrings_do_not_matter() -> None:
    assert texts(PLAIN) == texts(DISGUISED)
    assert len(texts(PLAIN)) > 15


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("np.sqrt", "np.abs"),
        ("each * each", "each + each"),
        ("0.0", "1.0"),
        ("for each in v", "for each in reversed(v)"),
        ("np.sqrt(total)", "np.sqrt(total, dtype=float)"),
    ],
)
def test_what_a_program_does_matters(old: str, new: str) -> None:
    assert texts(PLAIN) != texts(PLAIN.replace(old, new))


def test_tokens_know_their_lines() -> None:
    assert {token.line for token in tokens(PLAIN)} == {4, 5, 6, 7, 8}


@pytest.mark.parametrize("text", ["def broken(:", "", "\0", "(" * 5000, "x = " + "-" * 100_000])
def test_what_is_no_python_has_none(text: str) -> None:
    assert tokens(text) == []
