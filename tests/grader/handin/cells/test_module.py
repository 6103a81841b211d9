"""What becomes of cells in a module, and how its lines lead back to them."""

from __future__ import annotations

from typing import Any

from grader.handin.cells.definitions import read_statements
from grader.handin.cells.file import Cell
from grader.handin.cells.module import is_from_notebook, labels, place
from support.cells import code, module


def ran(*sources: str) -> dict[str, Any]:
    """The names of the module, run."""
    found: dict[str, Any] = {}
    exec(compile(module(*sources), "module.py", "exec"), found)
    return found


def test_trials_plots_and_checks_are_left_out() -> None:
    assert code(
        "import numpy as np\nimport matplotlib.pyplot as plt\nfrom grader.notebook import check",
        "def f(x):\n    return np.abs(x)\nplt.plot(f(3)); check('f')\nassert f(1) == 1",
        "result = f(None)\nfor i in range(9):\n    print(i)\n1 / 0",
    ) == ["import numpy as np", "def f(x):", "    return np.abs(x)"]


def test_helpers_and_constants_come_along() -> None:
    kept = code(
        "EPS, SIZE = 1e-9, 3; unused = 4",
        "class Base:\n    kind = SIZE",
        "@decorate\ndef f(x, y=EPS):\n    return helper(x) + TABLE[0]",
        "def decorate(f): return f",
        "def helper(x): return Base",
        "TABLE = [helper(i) for i in range(3)]\nTABLE[0] = 7\nTABLE += [1]",
        names={"f"},
    )
    assert "EPS, SIZE = 1e-9, 3" in kept
    assert "unused = 4" not in kept
    assert {"TABLE[0] = 7", "TABLE += [1]", "    kind = SIZE"} <= set(kept)


def test_a_name_of_a_functions_own_needs_nothing() -> None:
    kept = code("y = f(1) + broken", "def f(y):\n    return y", "def g():\n    y = 2\n    return y")
    assert "y = f(1) + broken" not in kept


def test_the_last_definition_counts() -> None:
    assert ran("def f(): return 1", "def f(): return 2")["f"]() == 2
    assert code("def f(): return 1", "def f(): return 2") == ["def f(): return 2"]


def test_an_earlier_definition_stays_where_it_was_used() -> None:
    found = ran("def f(): return 1", "K = f()", "def f(): return 2", "def g(): return K")
    assert (found["f"](), found["g"]()) == (2, 1)


def test_what_only_changes_a_name_leaves_its_origin() -> None:
    assert ran("W = [1]", "W[0] = 5", "W = W + [2]", "def f(): return W")["f"]() == [5, 2]


def test_blocks_that_define_are_kept() -> None:
    found = ran(
        "try:\n    import nothing_like_this as torch\nexcept ImportError:\n    torch = None",
        "if torch is None:\n    def f(): return 1\nelse:\n    def f(): return 2",
        "with open('nowhere') as file:\n    print(file)",
    )
    assert found["f"]() == 1


def test_functions_that_are_assigned() -> None:
    found = ran("from functools import partial", "f = lambda x: x + 1\ng = partial(f, 2)")
    assert (found["f"](1), found["g"]()) == (2, 3)


def test_imports_from_the_future_go_to_the_top() -> None:
    text = module("x = 1", "from __future__ import annotations\ndef f(a: Nothing): return 1")
    assert text.startswith("from __future__ import annotations")
    assert is_from_notebook(text)
    exec(compile(text, "module.py", "exec"), {})


def test_ipythons_display_prints() -> None:
    assert code("def f(x): display(x)") == ["display = print", "def f(x): display(x)"]
    assert "display = print" not in code("def display(x): pass\ndef f(x): display(x)")
    text = module("def f(x):\n    display(x)\n    return 1 / 0")
    assert place(text, "f.py", text.splitlines().index("    return 1 / 0") + 1) == "cell 1, line 3"


def test_only_our_part_of_an_import_is_left_out() -> None:
    assert code("import math, grader.notebook as gn\ndef f(): return math.pi, gn") == [
        "import math",
        "def f(): return math.pi, gn",
    ]
    assert code("from grader import notebook, Course\ndef f(): return Course") == [
        "from grader import Course",
        "def f(): return Course",
    ]


def test_what_only_a_cell_may_do_is_left_out() -> None:
    kept = code("x = await g()", "y = [i async for i in g()]", "def f(): return x, y", "return 3")
    assert kept == ["def f(): return x, y"]


def test_a_cell_with_a_syntax_error_is_named() -> None:
    cells = [Cell("cell 1", "x = 1\ndef f(:"), Cell("cell 2", "\0"), Cell("cell 3", "!" * 9)]
    first, second = read_statements(cells)[1]
    assert first == "cell 1 was left out: line 2: invalid syntax"
    assert second.startswith("cell 2 was left out: ")


def test_lines_lead_back_to_cells() -> None:
    text = module(
        "import math\n\nEPS = 1",
        "print(1)\n@wrap\ndef f():\n    # why\n    return EPS / 0\n",
        "def wrap(f): return f; pass",
        "é = 'é'; def_ = 2; K = '''a\nb'''; g = lambda: (é, K)",
    )
    lines = text.splitlines()
    where = {line: place(text, "f.py", number) for number, line in enumerate(lines, 1)}
    assert where["EPS = 1"] == "cell 1, line 3"
    assert where["    return EPS / 0"] == "cell 2, line 5"
    assert where["@wrap"] == "cell 2, line 2"
    assert where["é = 'é'; K = '''a"] == "cell 4, line 1"
    assert where["b'''; g = lambda: (é, K)"] == "cell 4, line 2"
    assert labels(text) == ["cell 1", "cell 2", "cell 3", "cell 4"]
    assert place("x = 1\n", "f.py", 1) == "f.py, line 1"
    assert place(text, "f.py", 10**9)


def test_nothing_defined_is_no_module() -> None:
    assert module("x = 1\nprint(x)") == ""
    assert module("def f(): pass", names={"g"}) == ""


def test_a_hostile_web_of_names_ends_soon() -> None:
    many = 1500
    names = ", ".join(f"x{i}" for i in range(many))
    web = "\n".join(f"x{i} = f()" for i in range(many))
    assert module(f"def f():\n    return {names}\n{web}")
