"""Cells as they are typed and pasted."""

from __future__ import annotations

import pytest

from support.cells import code

KEPT = ["W = 3", "def f():", "    return W"]


@pytest.mark.parametrize(
    "cell",
    [
        "    W = 3\n    def f():\n        return W",
        "\n\tW = 3\n\tdef f():\n\t    return W",
        ">>> W = 3\n>>> def f():\n...     return W\n...\n>>> f()\n3",
        ">>> W = 3\n>>> print(W)\n3 is it\n>>> def f():\n...     return W",
        "In [3]: W = 3\n\nIn [4]: def f():\n   ...:     return W\n   ...: \n\nOut[4]: what?",
        "  >>> W = 3\n  >>> def f():\n  ...     return W",
        "W = 3\n>>> def f():\n...     return W",
    ],
)
def test_what_jupyter_takes_off_is_taken_off(cell: str) -> None:
    assert code(cell) == KEPT


def test_lines_keep_their_places() -> None:
    assert code("x = '''\n  >>> no\n'''\ndef f(): return x")[1] == "  >>> no"
