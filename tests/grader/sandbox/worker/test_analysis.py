"""What a text says before it runs: stubs, and forbidden names by every spelling."""

from __future__ import annotations

import pytest

from grader.sandbox.wire.protocol import Facts
from grader.sandbox.worker.analysis import facts

NORM = ("numpy.linalg.norm",)


def reached(text: str, *names: str) -> dict[str, tuple[str, int]]:
    return facts(text, names or NORM).forbidden


def test_stubs_are_lines_that_raise_it() -> None:
    text = """def f():
    raise NotImplementedError
def g():
    raise NotImplementedError(
        "later"
    )
def h():
    raise ValueError
    raise
    raise errors.NotImplementedError
"""
    assert facts(text, ()).stubs == (2, 4, 5, 6)


@pytest.mark.parametrize(
    ("body", "unfinished"),
    [
        ("raise NotImplementedError", ()),
        ("'What.'\n    import torch\n\n    raise NotImplementedError('later')", ()),
        ("pass\n    ...\n    raise NotImplementedError", ()),
        ("x = 1\n    raise NotImplementedError", ((3, False),)),
        ("raise NotImplementedError\n    return x", ((2, True),)),
        ("if x:\n        return x\n    raise NotImplementedError", ((4, False),)),
        ("if x:\n        raise NotImplementedError\n    return x", ((3, False),)),
        ("def g():\n        raise NotImplementedError\n    return g()", ()),
        ("x = 1\n    raise NotImplementedError(\n        'later')", ((3, False), (4, False))),
    ],
)
def test_a_function_with_code_of_its_own_is_no_stub(
    body: str, unfinished: tuple[tuple[int, bool], ...]
) -> None:
    assert facts(f"def f(x):\n    {body}\n", ()).unfinished == unfinished


@pytest.mark.parametrize("text", ["def f(", "x = '\0'", "x = " + "(" * 500, "NotImplementedError("])
def test_a_text_that_does_not_parse_says_nothing(text: str) -> None:
    assert facts(text + "  # norm", NORM) == Facts()


def test_a_text_without_a_telling_word_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.sandbox.worker.analysis.ast.parse", None)
    assert facts("def f(v): return sum(v)", NORM) == Facts()


SPELLINGS = [
    "import numpy\ndef f(v): return numpy.linalg.norm(v)",
    "import numpy as np\ndef f(v): return np.linalg.norm(v)",
    "import numpy.linalg\ndef f(v): return numpy.linalg.norm(v)",
    "import numpy.linalg as la\ndef f(v): return la.norm(v)",
    "from numpy import linalg\ndef f(v): return linalg.norm(v)",
    "from numpy.linalg import norm\ndef f(v): return norm(v)",
    "from numpy.linalg import norm as size\ndef f(v): return size(v)",
    "from numpy.linalg import *\ndef f(v): return norm(v)",
    "import numpy as np\nsize = np.linalg.norm\ndef f(v): return size(v)",
    "import numpy as np\nla = np.linalg\ndef f(v): return la.norm(v)",
    "import numpy as np\ndef f(v): return getattr(np.linalg, 'norm')(v)",
    "import numpy as np\ndef f(v):\n    import numpy.linalg as q\n    return q.norm(v)",
    "import numpy as np\ndef f(v): return list(map(np.linalg.norm, v))",
    "import numpy as np\nf = lambda v: np.linalg.norm(v)",
    "import numpy as np\ndef f(v): return np.linalg.norm(v)\ng = f\ndef f(v): return g(v)",
    "import numpy as np\ndef g(v): return np.linalg.norm(v)\ndef f(v): return g(v)",
    "import numpy as np\ndef f(v): return g(v)\ndef g(v): return h(v)\n"
    "def h(v): return np.linalg.norm(v)",
    "import numpy as np\nclass C:\n    def m(self, v): return np.linalg.norm(v)\n"
    "def f(v): return C().m(v)",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_is_seen(text: str) -> None:
    name, line = reached(text)["f"]
    assert name == NORM[0]
    assert line > 0


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\ndef f(v): return np.sqrt((v * v).sum())  # norm",
        "def norm(v): return 1\ndef f(v): return norm(v)",
        "import torch as np\ndef f(v): return np.linalg.norm(v)",
        "def f(v):\n    '''numpy.linalg.norm is not used'''",
        "from .numpy.linalg import norm\ndef f(v): return norm(v)",
        "import numpy as np\ndef f(v): return getattr(np.linalg, v)('norm')",
        "from numpy.testing import *\ndef f(v): return norm(v)",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert "f" not in reached(text)


def test_code_outside_functions_is_everybodys() -> None:
    assert reached("import numpy as np\nx = [np.linalg.norm([1.0])]\nprint(x, np.linalg.norm(x))")
    text = "import numpy as np\nprint(np.linalg.norm([1]))\ndef f(): pass"
    assert reached(text)[""] == (NORM[0], 2)
    for unusual in (
        "f: object = np.linalg.norm",
        "(f := np.linalg.norm)",
        "f, g = np.linalg.norm, 1",
    ):
        assert reached(f"import numpy as np\n{unusual}")[""] == (NORM[0], 2)
    guarded = "import numpy as np\nif __name__ == '__main__':\n    print(np.linalg.norm([1]))"
    assert reached(guarded) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("def f(a, b): return a @ b", "operator.matmul"),
        ("def f(a, b):\n    a @= b\n    return a", "operator.matmul"),
        ("def f(a, b): return a ** b", "operator.pow"),
        ("import operator\ndef f(a, b): return operator.matmul(a, b)", "operator.matmul"),
        ("def f(a, b): return a.dot(b)", "numpy.ndarray.dot"),
        ("def f(a, b): return a.matmul(b)", "torch.Tensor.matmul"),
    ],
)
def test_operators_and_methods(text: str, name: str) -> None:
    names = ("operator.matmul", "operator.pow", "numpy.ndarray.dot", "torch.Tensor.matmul")
    assert reached(text, *names)["f"][0] == name


def test_other_operators_are_free() -> None:
    assert reached("def f(a, b): return a * b - a ** 2 + matmul", "operator.matmul") == {}
    assert reached("import numpy as np\ndef f(a): return np.dot(a)", "numpy.ndarray.dot") == {}
