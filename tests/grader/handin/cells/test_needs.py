"""A module means what its notebook's cells mean when they are run from the top to the bottom."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from grader.handin.cells.definitions import read_statements
from grader.handin.cells.file import Cell
from grader.handin.cells.module import make
from support.cells import code

#: What is done -> cells, separated by `---`; `f` is the function that is asked for.
NOTEBOOKS = {
    "loop": "W = []\n---\nfor i in range(3):\n    W.append(i)\n---\ndef f(): return W",
    "while": "n = 0\n---\nwhile n < 5: n += 1\n---\ndef f(): return n",
    "the variable of a loop": "for i in range(4): pass\n---\ndef f(): return i",
    "a function in a loop": "for k in (1, 2):\n    def f(k=k): return k",
    "methods": "d = {}\n---\nd.update(a=1); d['b'] = 2\n---\ndef f(): return d",
    "a method in a trial": "W = [1, 2]\n---\nprint(W.pop())\n---\ndef f(): return W",
    "with": "import contextlib\nW = []\n---\nwith contextlib.suppress(ZeroDivisionError):\n"
    "    W.append(1)\n    1 / 0\n---\ndef f(): return W",
    "an object's own with": "class R:\n    def __init__(s): s.l = []\n    def __enter__(s):\n"
    "        s.l.append(1)\n    def __exit__(s, *a): s.l.append(2)\n---\nr = R()\n---\n"
    "with r: pass\n---\ndef f(): return r.l",
    "try": "W = []\n---\ntry:\n    W.append(1 / 0)\nexcept ZeroDivisionError:\n    W.append(2)\n"
    "---\ndef f(): return W",
    "del": "W = 1; V = 2\n---\ndel W\n---\nW = 7\n---\ndef f(): return W",
    "del of an item": "d = {1: 2, 3: 4}\n---\ndel d[1]\n---\ndef f(): return d",
    "walrus": "(W := 3)\n---\nif (n := 4) > 3: pass\n---\ndef f(): return W, n",
    "walrus in a comprehension": "xs = [last := x for x in range(4)]\n---\ndef f(): return last",
    "unpacking": "a, (b, *c) = 1, (2, 3, 4)\n---\ndef f(): return a, b, c",
    "augmented": "a = 1\n---\na += 2\n---\na *= 5\n---\ndef f(): return a",
    "another name": "W = [0]\n---\nV = W\n---\nV[0] = 9\n---\ndef f(): return W",
    "two names at once": "a = b = []\n---\nb.append(1)\n---\ndef f(): return a",
    "a row": "W = [[0], [0]]\n---\nrow = W[1]\nrow.append(5)\n---\ndef f(): return W",
    "rows": "W = [[0], [0]]\n---\nfor r in W: r.append(1)\n---\ndef f(): return W",
    "values": "d = {'a': []}\n---\nfor k, v in d.items(): v.append(k)\n---\ndef f(): return d",
    "in a container": "W = []\n---\nd = {'a': W}\n---\nW.append(1)\n---\ndef f(): return d",
    "in an object": "class L:\n    def __init__(s, w): s.w = w\n---\nW = [1]; l = L(W)\n---\n"
    "W[0] = 5\n---\ndef f(): return l.w",
    "views": "import numpy as np\nW = np.zeros((2, 2))\n---\nr = W[0]\nr += 3\n---\n"
    "W.T[0, 1] = 8\n---\nnp.add(W, 1, out=W)\n---\ndef f(): return W.tolist()",
    "the answer of a method": "d = {}; W = []\n---\nd.update(a=W)\n---\nd.get('a').append(1)\n"
    "---\ndef f(): return W",
    "the answer of a function": "W = []\n---\ndef use(): return W\n---\nuse().append(1)\n---\n"
    "V = use()\nV.append(2)\n---\ndef f(): return W",
    "a name in between": "W = []\n---\nx = W\nV = x\nx = 3\n---\nV.append(1)\n---\n"
    "def f(): return W",
    "functions in a list": "W = []\n---\nh = lambda: W.append(1)\n---\nhs = [h, h]\n---\n"
    "for g in hs: g()\n---\nhs[0]()\n---\ndef f(): return W",
    "a container of what a function changes": "W = []\n---\nd = dict(w=W)\n---\n"
    "def add(x): W.append(x)\n---\nadd(1)\n---\ndef f(): return d",
    "filled": "def fill(x, v):\n    for i in range(len(x)): x[i] = v\n---\nW = [0, 0]\n---\n"
    "fill(W, 3)\n---\ndef f(): return W",
    "filled by name": "def fill(v, x): x.append(v)\n---\nW = []\n---\nfill(3, x=W)\n---\n"
    "def f(): return W",
    "filled further in": "def inner(x): x.append(1)\n---\ndef outer(y): inner(y)\n---\nW = []\n"
    "---\nouter(W)\n---\ndef f(): return W",
    "filled by stars": "def fill(*xs): xs[0].append(1)\n---\nW = []\n---\nfill(W)\n---\n"
    "def f(): return W",
    "global": "def setup():\n    global W\n    W = 4\n---\nsetup()\n---\ndef f(): return W",
    "a global that is only assigned": "calls = 0\n---\ndef f():\n    global calls\n"
    "    calls += 1\n    return calls",
    "a function that changes a name": "W = []\n---\ndef add(x): W.append(x)\n---\n"
    "for i in range(3): add(i)\n---\n_ = list(map(add, [7]))\n---\ndef f(): return W",
    "a lambda that changes a name": "W = []\n---\nadd = lambda x: W.append(x)\n---\nadd(3)\n---\n"
    "def f(): return W",
    "a default that grows": "def add(x, to=[]):\n    to.append(x)\n    return to\n---\nadd(1)\n"
    "---\nW = add(2)\n---\ndef f(): return W",
    "a closure that counts": "def counter():\n    n = 0\n    def inc():\n        nonlocal n\n"
    "        n += 1\n        return n\n    return inc\n---\ntick = counter()\n---\ntick()\n---\n"
    "def f(): return tick()",
    "an object": "class A:\n    def __init__(self): self.v = []\n    def add(self, x):\n"
    "        self.v.append(x)\n        return self\n---\na = A()\n---\na.add(1).add(2)\n---\n"
    "def f(): return a.v",
    "a class": "class A:\n    n = 0\n---\nA.n = 5\n---\ndef f(): return A.n",
    "a register": "known = {}\n---\ndef keep(g):\n    known[g.__name__] = g\n    return g\n---\n"
    "@keep\ndef double(x): return 2 * x\n---\ndef f(): return known['double'](4)",
    "single dispatch": "from functools import singledispatch\n---\n@singledispatch\n"
    "def g(x): return 'any'\n---\n@g.register\ndef _(x: int): return 'int'\n---\n"
    "def f(): return g(3), g('x')",
    "seeds": "import random\nW = [1, 2, 3, 4, 5]\n---\nrandom.seed(3)\n---\nx = random.random()\n"
    "---\nrandom.shuffle(W)\n---\ndef f(): return W",
    "a generator's state": "import numpy as np\nrng = np.random.default_rng(0)\n---\n"
    "a = rng.normal(size=3)\n---\nW = rng.normal(size=2)\n---\ndef f(): return W.tolist()",
    "an iterator": "it = iter([1, 2, 3])\n---\na = next(it)\n---\nb = next(it)\n---\n"
    "def f(): return b",
    "names in quotes": "globals()['W'] = 3\n---\nexec('V = 5')\n---\ndef f(): return W, eval('V')",
    "made by a call": "def make():\n    def g(): return 3\n    return g\n---\nf = make()",
    "made by a decorator": "def twice(g): return lambda *a: 2 * g(*a)\n---\n@twice\n"
    "def f(): return 3",
    "made of itself": "def twice(g): return lambda *a: 2 * g(*a)\n---\ndef f(): return 3\n---\n"
    "f = twice(f)",
    "partial": "import functools\n---\ndef g(a, b): return a - b\n---\n"
    "f = functools.partial(g, 5, 1)",
    "called later than made": "class Net:\n    def go(self): return helper()\n---\n"
    "net = Net()\n---\ndef helper(): return 3\n---\ndef f(): return net.go()",
    "twice": "def f(): return 1\n---\ndef f(): return 2",
    "main": "if __name__ == '__main__':\n    W = 3\n---\ndef f(): return W",
    "from beside": "from beside_the_notebook import f",
    "all from beside": "from beside_the_notebook import *\n---\ndef g(): return 2",
    "beside, changed": "import beside_the_notebook as b\n---\nb.table.append(7)\n---\n"
    "def f(): return b.table",
}


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a module beside the notebook, a new one each time."""

    def put() -> None:
        module = ModuleType("beside_the_notebook")
        exec("table = [1]\ndef f(): return 'beside'", module.__dict__)
        monkeypatch.setitem(sys.modules, module.__name__, module)

    return put


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_module_means_what_the_cells_mean(name: str, beside: Any) -> None:
    sources = NOTEBOOKS[name].split("\n---\n")
    beside()
    expected: dict[str, Any] = {"__name__": "__main__"}
    for source in sources:
        exec(source, expected)
    cells = [Cell(f"cell {i}", source) for i, source in enumerate(sources, 1)]
    statements, notes = read_statements(cells)
    beside()
    found: dict[str, Any] = {"__name__": "module"}
    exec(make(cells, statements, {"f"}).text, found)
    assert not notes
    assert repr(found["f"]()) == repr(expected["f"]())


@pytest.mark.parametrize(
    "trial",
    [
        "print(f())",
        "assert f() == 1",
        "W.mean(); W.sum()",
        "plt.plot(W); plt.show()",
        "result = f(None)",
        "for x in range(3):\n    print(f())",
        "check('f')",
        "try:\n    f()\nexcept TypeError as f:\n    pass",
        "np.save('w.npy', W)",
        "def show(w): print(w)\nshow(W)",
    ],
)
def test_trials_are_no_part_of_it(trial: str) -> None:
    asked = "def f():\n    global calls\n    calls = np.abs(W)\n    return calls"
    imports = "import numpy as np, matplotlib.pyplot as plt"
    kept = code(imports, "W = 1", trial, asked, names={"f"})
    assert not set(trial.splitlines()) & set(kept)


def test_what_can_be_in_no_module_is_told_where_it_matters() -> None:
    cells = [
        Cell("cell 1", "import asyncio\nW = await asyncio.sleep(0, 1)\nV = await asyncio.sleep(0)"),
        Cell("cell 2", "files = !ls"),
        Cell("cell 3", "def f(): return W, files"),
    ]
    made = make(cells, read_statements(cells)[0], {"f"})
    assert "await" not in made.text
    assert made.notes == (
        "cell 1: line 2 was left out: `await` outside of a function is not possible where this is "
        "graded, so W may be missing",
        "cell 2: line 1 was left out: what a command of IPython's gives is not there where this is "
        "graded, so files may be missing",
    )


def test_a_whole_course_with_many_trials_is_sorted_out() -> None:
    """Trials lead from one function to the next, and none of it is what `f7` needs."""
    cells = ["import numpy as np", "np.random.seed(0)\nW = np.random.randn(3)\nout = []"]
    for i in range(200):
        cells += [
            f"def f{i}(x):\n    with np.errstate(all='ignore'):\n"
            "        return np.divide(x, 2, out=np.zeros_like(x), where=x != 0)",
            f"y = f{i}(W)\nout.append(f{i}(y)); W[0] = f{i}(W)\nfor v in out: v += f{i}(v)\n1 / 0",
        ]
    assert code(*cells, names={"f7"})[:3] == [
        "import numpy as np",
        "np.random.seed(0)",
        "def f7(x):",
    ]
    assert len(code(*cells, names={"f7"})) == 5
