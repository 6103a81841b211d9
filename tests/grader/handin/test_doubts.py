"""Whether it matters which of several files for one exercise is graded."""

from __future__ import annotations

import pytest

from grader.handin.doubts import differ

TWICE = "def double(x):\n    return 2 * x\n"
STUB = '"""Twice?"""\n\n\ndef double(x):\n    """Twice."""\n    raise NotImplementedError\n'


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        (TWICE, False),
        ("# mine\ndef double( x ):  # twice\n    return 2*x", False),
        (STUB, False),
        ("def double(x):\n    return x + x\n", True),
        (f"{TWICE}double = abs\n", True),
        ("def double(x)\n", True),
        (f"{'-' * 10_000}1\n", True),
    ],
)
def test_only_another_answer_matters(other: str, wanted: bool) -> None:
    assert differ(TWICE, [other]) == wanted
    assert differ(TWICE, [TWICE, STUB, other]) == wanted
    assert not differ(other, [])


def test_of_a_notebook_only_what_it_defines_matters() -> None:
    book = f"import numpy as np\n{TWICE}print(double(2))\n\n\ndef half(x):\n    return x / 2\n"
    module = f'"""Twice."""\nLIMIT = 3\n{TWICE}'
    assert differ(module, [book])
    assert not differ(module, [book], definitions=True)
    assert differ(f"{module}def half(x):\n    return 1\n", [book], definitions=True)
