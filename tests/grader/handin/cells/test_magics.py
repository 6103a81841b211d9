"""Lines for IPython, and Python that looks like one."""

from __future__ import annotations

import ast

import pytest

from grader.handin.cells.magics import COMMAND, without_magics
from support.cells import code


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "%timeit f(x)",
        "!pip install x",
        "?np.dot",
        "np.dot?",
        "np.dot??  # why",
        "%cd?",
        "!echo \\\n  it's",
    ],
)
def test_lines_for_ipython_are_left_out(line: str) -> None:
    plain = without_magics(f"x = 1\n{line}\ny = 2")
    assert plain is not None
    assert ast.unparse(ast.parse(plain)) == "x = 1\ny = 2"
    assert plain.count("\n") == line.count("\n") + 2


@pytest.mark.parametrize("line", ["files = !ls", "out = %timeit -o f()", "a, b = %sx ls"])
def test_what_a_command_gives_has_a_place(line: str) -> None:
    plain = without_magics(f"x = 1\n{line}")
    assert plain is not None
    assert plain.endswith(f"\n{line.partition('=')[0]}= {COMMAND}")


def test_magics_that_run_what_stands_beside_them() -> None:
    plain = without_magics("%time x = [\n1]\n%prun -q\nif x:\n  %time y = 2\n%run mine.py")
    assert plain == "x = [\n1]\n\nif x:\n  y = 2\nfrom mine import *"
    with pytest.raises(SyntaxError, match="%%cython is not possible where this is graded"):
        without_magics("%%cython\ndef f(x): return x")


@pytest.mark.parametrize(
    "text",
    [
        'x = """\n%time\n!ls\n"""',
        "x = (7\n% 4)",
        "x = 7 \\\n% 4",
        "x = a != b",
        "'''it's\n\\'''\n!no'''",
        'y = "\\"%s" % x  # ?\nz = {"a": 1}',
    ],
)
def test_python_that_looks_like_a_magic_stays(text: str) -> None:
    assert without_magics(text) == text


def test_cell_magics() -> None:
    assert without_magics("\n%%time\nx = 1") == "\n\nx = 1"
    assert without_magics("%%capture out --no-stderr\nx = 1") == "\nx = 1"
    for other in ("%%bash\nls", "%%timeit\nx = 1", "%%html\n<b>", "%% \n", "%%writefile a.py\nx"):
        assert without_magics(other) is None
    assert without_magics("pip install numpy") is None
    assert without_magics("ls") is None


def test_a_magic_in_a_block_leaves_the_block_whole() -> None:
    plain = without_magics("def f():\n    !ls\n\nx = 1")
    assert plain == "def f():\n    pass\n\nx = 1"


def test_a_cell_with_a_magic_still_defines() -> None:
    assert code("%%time\n!ls\ndef f():\n    return 1") == ["def f():", "    return 1"]
