"""A module keeps nothing only where there is no place at all to keep something in."""

import pytest

from grader.sandbox.worker.analysis import facts

OTHER = {"other": "def g(x):\n    return x\n"}


def still(text: str) -> bool:
    return facts({"work": text, **OTHER}, {})["work"].still


@pytest.mark.parametrize(
    "text",
    [
        "def f(v):\n    return sum(x * x for x in v) ** 0.5\n",
        '"""Doc."""\nimport numpy as np\nfrom math import sqrt\n\nEPS = 1e-12\nAXES = (0, -1)\n'
        "TYPE = np.float64\nN: int = 2 * 3\n\ndef f(v, axis=-1, *, eps=EPS, dtype=np.float32):\n"
        "    out = []\n    for x in v:\n        out.append(x)\n    out[0] = 1\n    return out\n",
        "def f(x):\n    def g(y, seen=[]):\n        seen.append(y)\n"
        "        return seen\n    return g(x)\n",
        "def f(x):\n    n = 0\n    def g():\n        nonlocal n\n"
        "        n += 1\n        return n\n    return g()\n",
        "def f(x):\n    return x\n\nif __name__ == '__main__':\n    seen = []\n    print(f(3))\n",
        "import torch\ndef f(x):\n    with torch.no_grad():\n        x += 1\n    return x\n",
        "import numpy as np\nfrom torch import Tensor\nfrom collections.abc import Sequence\n"
        "from numpy.typing import NDArray\nimport numpy.typing as npt\n"
        "def f(x: np.ndarray | Tensor, y: Sequence[float] = ()) -> NDArray[np.float64]:\n"
        "    z: npt.ArrayLike = x\n"
        "    assert isinstance(x, np.ndarray | Tensor) or isinstance(x, (list, Sequence))\n"
        "    return np.divide(x, z, out=np.zeros_like(x), where=z != 0)\n",
    ],
)
def test_functions_and_numbers_keep_nothing(text: str) -> None:
    assert still(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("seen = []\ndef f(x):\n    seen.append(x)\n", id="list"),
        pytest.param("seen = {}\ndef f(x):\n    seen[x] = 1\n", id="dict"),
        pytest.param("a = b = [0]\ndef f(x):\n    a[0] += 1\n", id="two names"),
        pytest.param("pair = (1, [])\ndef f(x):\n    pair[1].append(x)\n", id="inside a tuple"),
        pytest.param("n = 0\ndef f(x):\n    global n\n    n += 1\n    return n\n", id="global"),
        pytest.param("def f(x, seen=[]):\n    seen.append(x)\n", id="default"),
        pytest.param("def f(x, *, seen={}):\n    seen[x] = 1\n", id="keyword default"),
        pytest.param("def f(x, seen=list()):\n    seen.append(x)\n", id="made default"),
        pytest.param("def deco(f):\n    n = [0]\n    def g(x):\n        n[0] += 1\n"
                     "        return n[0]\n"
                     "    return g\n@deco\ndef f(x):\n    return x\n", id="decorator"),
        pytest.param("def make():\n    n = [0]\n    def g(x):\n        n[0] += 1\n"
                     "        return n[0]\n"
                     "    return g\nf = make()\n", id="closure"),
        pytest.param("import numpy as np\nW = np.zeros(3)\ndef f(x):\n    W[0] += 1\n", id="array"),
        pytest.param("import itertools\nc = itertools.count()\ndef f(x):\n    return next(c)\n",
                     id="iterator"),
        pytest.param("def g(y: (seen := [])):\n    return y\ndef f(x):\n    seen.append(x)\n",
                     id="annotation"),
        pytest.param("for seen in [[]]:\n    pass\ndef f(x):\n    seen.append(x)\n", id="loop"),
        pytest.param("if True:\n    seen = []\ndef f(x):\n    seen.append(x)\n", id="branch"),
        pytest.param("try:\n    seen = []\nfinally:\n    pass\ndef f(x):\n    seen.append(x)\n",
                     id="try"),
        pytest.param("__name__ = '__main__'\nif __name__ == '__main__':\n    seen = []\n"
                     "def f(x):\n    seen.append(x)\n", id="its name"),
        pytest.param("import math as __name__\nif __name__ == '__main__':\n    seen = []\n",
                     id="imported name"),
        pytest.param("def __name__():\n    pass\nif __name__ == '__main__':\n    seen = []\n",
                     id="function's name"),
        pytest.param("if __name__ == '__main__':\n    pass\nelse:\n    seen = []\n", id="else"),
        pytest.param("x: int = 1\ndef f(x):\n    __annotations__['n'] = x\n", id="annotations"),
        pytest.param("def f(x):\n    f.n = x\n", id="attribute of a function"),
        pytest.param("def f(x):\n    setattr(f, 'n', x)\n", id="setattr"),
        pytest.param("from other import g\ndef f(x):\n    return g(x)\n", id="another module"),
        pytest.param("import other\ndef f(x):\n    return other.g(x)\n",
                     id="another module's name"),
        pytest.param("def f(x):\n    from other import g\n    return g(x)\n",
                     id="another module in the middle"),
        pytest.param("import numpy as np\ndef f(n):\n    return np.empty(n)\n", id="memory"),
        pytest.param("from numpy import empty_like as e\ndef f(x):\n    return e(x)\n",
                     id="memory under another name"),
        pytest.param("import numpy as np\ndef f(n):\n    return np.ndarray(n)\n",
                     id="memory of a type"),
        pytest.param("from torch import Tensor as T\ndef f(n):\n    return T(n)\n",
                     id="memory of a type's other name"),
        pytest.param("import torch\nT = torch.Tensor\ndef f(n):\n    return T(n)\n",
                     id="memory of a type with a name"),
        pytest.param("import torch\ndef f(n):\n    def g(m: print(torch.Tensor(n))):\n"
                     "        return m\n    return g(n)\n", id="memory in an annotation"),
        pytest.param("import numpy as np\ndef f(x):\n    return np.sqrt(x, where=x > 0)\n",
                     id="memory that is left out"),
        pytest.param("import numpy as np\ndef f(x, **how):\n    return np.sqrt(x, **how)\n",
                     id="anything given on"),
        pytest.param("import numpy as np\ndef f(x):\n    return np.pad(x, 1, 'empty')\n",
                     id="memory around it"),
        pytest.param("from typing import Literal\ndef f(x):\n    return repr(Literal[x])\n",
                     id="types"),
        pytest.param("import typing as t\ndef f(x):\n    return repr(t.Literal[x])\n",
                     id="types of a library"),
        pytest.param("def f(x: print('loaded')):\n    return x\n", id="prints when loaded"),
        pytest.param("def f(x) -> print('loaded'):\n    return x\n", id="prints for its result"),
        pytest.param("n: print('loaded') = 1\ndef f(x):\n    return x\n", id="prints for a name"),
        pytest.param("def f(x):\n    'The \\sum.'\n    return x\n", id="warns when compiled"),
        pytest.param("def f(x):\n    return x is 1\n", id="warns of what it says"),
        pytest.param("class A:\n    n = []\ndef f(x):\n    A.n.append(x)\n", id="class"),
        pytest.param("f = lambda x, seen=[]: seen.append(x)\n", id="lambda"),
        pytest.param("seen = [x for x in ()]\ndef f(x):\n    seen.append(x)\n", id="comprehension"),
        pytest.param("text = f'{[]}'\n", id="a text with something in it"),
        pytest.param("def f(:\n", id="no Python"),
        pytest.param("x = " + "(" * 50_000, id="nested too deeply"),
    ],
)  # fmt: skip
def test_where_there_is_a_place_something_may_be_kept(text: str) -> None:
    assert not still(text)


def test_a_stub_is_still_and_unfinished() -> None:
    found = facts({"work": "def f(x):\n    raise NotImplementedError\n", **OTHER}, {})["work"]
    assert found.still
    assert found.stubs == (2,)
