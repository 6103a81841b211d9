"""Forbidden names by every spelling, and what only looks like one."""

from __future__ import annotations

import pytest

from grader.sandbox.worker.forbidden import outside, own_names
from grader.sandbox.worker.forbidden import reached as scopes_reached
from grader.sandbox.worker.texts import Texts

NORM = ("numpy.linalg.norm",)
METHODS = ("numpy.ndarray.dot", "operator.matmul", "torch.Tensor.norm")


def reached(text: str, *names: str, **others: str) -> dict[str, tuple[str, int]]:
    """Scope -> the forbidden name that it reaches, and the line."""
    hits = scopes_reached(Texts({"work": text, **others}), "work", names or NORM)
    return {scope: (hit.name, hit.line) for scope, hit in hits.items()}


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
    text = "import numpy as np\nx = [np.linalg.norm([1.0])]\nprint(x, np.linalg.norm(x))"
    assert reached(text) == {"x": (NORM[0], 2)}
    for unusual in (
        "f: object = np.linalg.norm",
        "(f := np.linalg.norm)",
        "f, g = np.linalg.norm, 1",
        "for f in [np.linalg.norm]: pass",
        "keep(np.linalg.norm([1]))",
        "max([1], key=np.linalg.norm)",
        "assert keep(np.linalg.norm([1]))",
        "print(*[f := np.linalg.norm])",
        "if True:\n    x[0] = np.linalg.norm",
    ):
        hit = reached(f"import numpy as np\n{unusual}")[""]
        assert hit[0] == NORM[0], unusual
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


# --- the whole submission -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "import helper\ndef f(v): return helper.size(v)",
        "import helper as h\ndef f(v): return h.size(v)",
        "from helper import size\ndef f(v): return size(v)",
        "from helper import size as g\ndef f(v): return g(v)",
        "from helper import *\ndef f(v): return size(v)",
        "import importlib\ndef f(v): return importlib.import_module('helper').size(v)",
        "def f(v): return __import__('helper').size(v)",
        "import helper\ndef f(v): return getattr(helper, 'size')(v)",
        "import helper\ndef f(v): return [m for m in [helper]][0].size(v)",
        "from helper import kept\ndef f(v): return kept[0](v)",
    ],
)
def test_helpers_are_read(text: str) -> None:
    helper = "import numpy as np\ndef size(v): return np.linalg.norm(v)\nkept = [size]\n"
    helper += "def other(v): return v"
    assert reached(text, helper=helper)["f"] == (NORM[0], 2)
    assert reached("import helper\ndef f(v): return helper.other(v)", helper=helper) == {}


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("from lib.sums import size\ndef f(v): return size(v)", ""),
        ("import lib.sums\ndef f(v): return lib.sums.size(v)", ""),
        ("from lib import sums\ndef f(v): return sums.size(v)", ""),
        ("from lib import size\ndef f(v): return size(v)", "from .sums import size"),
        ("from lib import size\ndef f(v): return size(v)", "from lib.sums import *"),
        ("from lib import sums\ndef f(v): return sums.size(v)", "from . import sums"),
        ("import lib\ndef f(v): return lib.s.size(v)", "from . import sums as s"),
        ("from lib import *\ndef f(v): return sums.size(v)", "__all__ = ['sums']"),
        ("from lib import other\ndef f(v): return other(v)", "from .sums import size as other"),
    ],
)
def test_packages_are_read(text: str, package: str) -> None:
    sums = "import numpy as np\ndef size(v): return np.linalg.norm(v)\ndef plain(v): return v"
    modules = {"lib": package, "lib.sums": sums, "lib.other": "def other(v): return v"}
    assert reached(text, **modules)["f"] == (NORM[0], 2)
    plain = "from lib.sums import plain\ndef f(v): return plain(v)"
    assert "f" not in reached(plain, **modules)


def test_stars_are_followed_from_module_to_module() -> None:
    helper = "import numpy as np\ndef size(v): return np.linalg.norm(v)\ndef plain(v): return v"
    modules = {"helper": helper, "a": "from helper import *", "b": "from a import *"}
    text = "from b import size, plain\ndef f(v): return size(v)\ndef g(v): return plain(v)"
    assert "f" in reached(text, **modules)
    assert "g" not in reached(text, **modules)


def test_what_a_package_runs_first_is_everybodys() -> None:
    text = "from lib.other import g\ndef f(v): return g(v)"
    package = "import numpy as np\nx[0] = np.linalg.norm"
    modules = {"lib": package, "lib.other": "def g(v): return v"}
    assert reached(text, **modules)[""] == (NORM[0], 2)


def test_what_a_function_stores_is_as_forbidden_as_the_function() -> None:
    text = "import numpy as np\nkept = {}\n"
    fill = "def fill(): kept['f'] = np.linalg.norm\nfill()\ndef f(v): return kept['f'](v)"
    assert "f" in reached(text + fill)
    for dynamic in ("globals()['g'] = np.linalg.norm", "np.g = np.linalg.norm"):
        assert "" in reached(text + f"def fill(): {dynamic}\nfill()\ndef f(v): return g(v)")
    assert "f" in reached("import numpy as np\ndef fill():\n    global g\n    g = np.linalg.norm\n"
                          "fill()\ndef f(v): return g(v)")  # fmt: skip


@pytest.mark.parametrize(
    "guard",
    [
        "if __name__ != '__main__':",
        "if '__main__' != __name__:",
        "if __name__ == 'work':",
        "if __name__ == '__main__' or True:",
        "__name__ = '__main__'\nif __name__ == '__main__':",
        "if __name__ == '__main__': pass\nelse:",
        "try:",
        "with x:",
        "while True:",
    ],
)
def test_only_the_guard_that_never_holds_is_left_out(guard: str) -> None:
    text = f"import numpy as np\n{guard}\n    def f(v): return np.linalg.norm(v)\n"
    assert "f" in reached(text + "finally: pass" * (guard == "try:"))
    assert reached("import numpy as np\nif '__main__' == __name__:\n    f = np.linalg.norm") == {}


@pytest.mark.parametrize(
    "check",
    [
        "assert abs(f(v) - np.linalg.norm(v)) < 1e-9",
        "print(f(v), np.linalg.norm(v))",
        "np.testing.assert_allclose(f(v), np.linalg.norm(v))",
        "expected = np.linalg.norm(v)\nassert f(v) == expected, 'not equal'",
        "for v in [1], [2]:\n    expected = np.linalg.norm(v)\n    print(f(v), expected, sep='')",
        "def check():\n    assert f(v) == np.linalg.norm(v)\ncheck()",
        "def main():\n    expected = np.linalg.norm(v)\n    print(expected)\n\n"
        "if __name__ == '__main__':\n    main()",
        "assert all([np.isclose(f(w), np.linalg.norm(w).item()) for w in [[1], [2]]])",
    ],
)
def test_a_check_at_the_bottom_costs_nothing(check: str) -> None:
    text = "import numpy as np\ndef f(v):\n    expected = sum(v)\n    return expected\nv = [3.0]\n"
    found = reached(text + check)
    assert "f" not in found
    assert "" not in found


def test_objects_that_do_the_exercise_are_no_check() -> None:
    text = "import torch.nn as nn\ndef keep(x): pass\nassert keep(nn.Linear(2, 3))\n"
    assert "" in reached(text, "torch.nn.Linear")
    text = "import torch.nn as nn\nlayer = nn.Linear(2, 3)\ndef f(x): return layer(x)"
    assert "f" in reached(text, "torch.nn.Linear")


@pytest.mark.parametrize(
    "own",
    [
        "class Vec:\n    def norm(self): return 1",
        "class Config:\n    norm: bool = True",
        "class Config:\n    norm = True",
        "class Config:\n    def __init__(self): self.norm = True",
        "from types import SimpleNamespace\ncfg = SimpleNamespace(norm=True)",
        "from collections import namedtuple\nConfig = namedtuple('Config', 'size norm')",
    ],
)
def test_methods_and_fields_of_ones_own(own: str) -> None:
    assert reached(f"{own}\ndef f(cfg): return cfg.norm", *METHODS) == {}
    texts = Texts({"work": own, "other": "x = 1"})
    assert own_names(texts, "work", METHODS) == {"norm"}
    assert own_names(texts, "other", METHODS) == frozenset()
    assert "f" in reached(f"{own}\ndef f(v): return v.dot(v)", *METHODS)


@pytest.mark.parametrize(
    "taken",
    [
        "getattr(v, 'dot')",
        "getattr(v, 'd' + 'ot')",
        "getattr(v, 'd' 'ot')",
        "getattr(v, f'd{LETTERS}')",
        "operator.attrgetter('dot')(v)",
        "operator.methodcaller('dot', v)(v)",
        "v.__getattribute__('dot')",
        "v.__matmul__(v)",
        "vars(type(v))['dot'](v, v)",
        "type(v).__dict__['dot'](v, v)",
        "type(v).dot(v, v)",
        "v.\U0001d41d\U0001d428\U0001d42d(v)",
    ],
)
def test_methods_by_every_way_to_take_them(taken: str) -> None:
    assert "f" in reached(f"LETTERS = 'ot'\ndef f(v): return {taken}", *METHODS)


def test_a_name_is_known_by_what_it_stands_for() -> None:
    text = "import numpy\ndef f(v): return numpy._core.numeric.np.dot(v, v)"
    assert reached(text, "numpy.dot")["f"] == ("numpy.dot", 2)
    text = "import _operator\ndef f(v): return _operator.matmul(v, v)"
    assert reached(text, "operator.matmul")["f"] == ("operator.matmul", 2)
    far = ".x" * 30
    assert "f" in reached(f"import numpy as np\ndef f(v): return np{far}.dot(v, v)", "numpy.dot")


def test_texts_that_run_in_the_middle_of_a_call() -> None:
    assert outside("v @ w", METHODS)
    assert outside("lambda v, w: v @ w", METHODS)
    assert outside("v + w", METHODS) is None
    assert outside("v @", METHODS) is None
    assert outside("def f(v): return v @ v", METHODS, at_once=True) is None
    assert outside("result = v @ v", METHODS, at_once=True)
    assert outside("assert v @ v", METHODS, at_once=True)


def test_relative_imports_are_followed() -> None:
    sources = {
        "work": "from lib.sums import total\ndef f(v): return total(v)",
        "lib.sums": "from .inner import whole\nfrom . import more\ndef total(v): return whole(v)\n"
        "def other(v): return more.whole(v)",
        "lib.inner": "import numpy as np\ndef whole(v): return np.linalg.norm(v)",
        "lib.more": "from ..lib.inner import whole",
    }
    assert "f" in scopes_reached(Texts(sources), "work", NORM)
    sources["work"] = "from lib.sums import other\ndef f(v): return other(v)"
    assert "f" in scopes_reached(Texts(sources), "work", NORM)


def test_names_that_are_handed_on_are_followed() -> None:
    sources = {
        "work": "from helper import size, other\n"
        "def f(v): return size(v)\ndef g(v): return other(v)",
        "helper": "from numpy.linalg import norm as size\nfrom numpy import abs as other",
    }
    assert scopes_reached(Texts(sources), "work", NORM).keys() == {"size", "f"}
    sources["work"] = "from helper import *\ndef f(v): return norm(v)"
    sources["helper"] = "from numpy.linalg import *"
    assert "f" in scopes_reached(Texts(sources), "work", NORM)


INSIDE = [
    "import torch\ndef f(v): return torch._VF.norm(v)",
    "import torch\ndef f(v): return torch._C._VariableFunctions.norm(v, 2)",
    "from torch import _VF as inside\ndef f(v): return inside.norm(v)",
    "import torch\ndef f(v): return torch.ops.aten.linalg_vector_norm(v)",
    "import torch\naten = torch.ops.aten\ndef f(v): return aten.norm.Scalar(v)",
    "import torch\ndef f(v): return getattr(torch._C._linalg, 'linalg_' + 'vector_norm')(v)",
]


@pytest.mark.parametrize("text", INSIDE)
def test_the_inside_of_a_library_is_no_way_around(text: str) -> None:
    assert "f" in reached(text, "torch.norm", "torch.linalg.vector_norm")
    assert reached(text, "numpy.linalg.norm", "torch.nn.Linear") == {}


@pytest.mark.parametrize("use", ["torch.ops.aten.sum(v)", "torch._C.norms", "np.linalg.norm(v)"])
def test_other_things_inside_of_a_library_are_free(use: str) -> None:
    text = f"import numpy as np, torch\ndef f(v): return {use}"
    assert reached(text, "torch.norm", "torch.linalg.vector_norm") == {}
