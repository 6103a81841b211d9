"""Modules share a worker only where nothing that stands in them can change a library."""

from collections.abc import Mapping

import pytest

from grader.sandbox.worker.analysis import facts
from grader.sandbox.worker.plain import plain_modules
from grader.sandbox.worker.texts import Texts


def plain(texts: Mapping[str, str]) -> set[str]:
    return set(plain_modules(Texts(texts)))


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\ndef f(v):\n    return np.sqrt(np.sum(v * v))\n",
        "from numpy.linalg import norm\nfrom torch import nn\n",
        "import torch\ndef f(x):\n    with torch.no_grad():\n        return torch.relu(x).sum()\n",
        "def f(W):\n    out = []\n    for w in W:\n        out.append(sum(w))\n    return out\n",
        "def f(W):\n    W[0] = 1\n    W += 2\n    return W\n",
        "def f():\n    raise NotImplementedError\n",
        "seen = {}\ndef f(x, memory=[]):\n    global seen\n    seen[x] = memory\n",
        "import math\nfrom functools import reduce\ndef f(v):\n    return math.hypot(*v)\n",
        "if __name__ == '__main__':\n    print('hello')\n",
        "def f(x):\n    return type(x) is list or 'list' in f'{type(x)}'\n",
    ],
)
def test_code_that_only_computes_is_plain(text: str) -> None:
    assert plain({"a": text}) == {"a"}


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\nnp.sum = None\n",
        "import numpy as np\ndel np.sum\n",
        "import numpy as np\nnp.sum += 1\n",
        "import numpy as np\nfor np.sum in (1, 2):\n    pass\n",
        "import numpy as np\nwith np.errstate(all='ignore') as np.sum:\n    pass\n",
        "import numpy as np\n[0 for np.sum in (1,)]\n",
        "import numpy as np\nsetattr(np, 'sum', None)\n",
        "def f(setattr):\n    pass\nimport numpy as np\nsetattr(np, 'sum', None)\n",
        "import numpy as np\nnp.__dict__['sum'] = None\n",
        "import numpy as np\nvars(np)['sum'] = None\n",
        "def f(x):\n    __builtins__['sum'] = max\n    return sum(x)\n",
        "__builtins__['sum'] = max\n",
        "def f(x):\n    __spec__.loader.find_spec = None\n",
        "import numpy as __builtins__\ndef f(x):\n    seterr(all='raise')\n",
        "def __builtins__():\n    pass\n",
        "def f(__builtins__):\n    pass\n",
        "f = lambda __builtins__: 1\n",
        "try:\n    pass\nexcept ValueError as __builtins__:\n    pass\n",
        "def f():\n    from a import __builtins__ as found\n    found['sum'] = max\n",
        "def f():\n    from a import __dict__ as found\n    found['f'] = max\n",
        "def f(x):\n    return type('A', (list,), {})\n",
        "def f(x):\n    return type(type(x))('A', (list,), {})\n",
        "def f(x):\n    return type(*x) is list\n",
        "import numpy as np\nnp.seterr(all='raise')\n",
        "import numpy as np\nnp.errstate(all='raise').__enter__()\n",
        "import numpy as np\nnp.set_printoptions(precision=1)\n",
        "import torch\ntorch.set_default_dtype(torch.float64)\n",
        "import torch\ntorch.set_grad_enabled(False)\n",
        "import torch\ndef f():\n    with torch.no_grad():\n        yield 1\n",
        "from torch import *\n",
        "from torch import set_default_dtype as relu\n",
        "import torch.backends\n",
        "import sys\n",
        "import warnings\n",
        "import builtins\n",
        "from . import other\n",
        "exec('x')\n",
        "open('x')\n",
        "(lambda: 0).__globals__\n",
        "def f(x):\n    match x:\n        case object(__dict__=d):\n            d['sum'] = 1\n",
        "class A:\n    pass\n",
        "async def f():\n    pass\n",
        "def f(:\n",
        "x = " + "-" * 100_000 + "1",
    ],
)
def test_what_might_do_more_is_not(text: str) -> None:
    assert plain({"a": text}) == set()


def test_a_module_is_as_plain_as_what_it_imports() -> None:
    texts = {"a": "import b\n", "b": "from c import f\n", "c": "f = 1\n", "d": "import a, e\n"}
    assert plain(texts) == {"a", "b", "c"}
    assert plain(texts | {"e": ""}) == {"a", "b", "c", "d", "e"}
    assert plain(texts | {"e": "", "c": "import sys\n"}) == {"e"}
    assert plain({"math": "import sys\n", "a": "import math\n"}) == set()  # theirs, not Python's


def test_folders_are_part_of_what_is_imported_from_them() -> None:
    """Their own texts run first, and what is named may be a file in them."""
    loud = "import numpy as np\nnp.sum = None\n"
    quiet = "def g(x):\n    return x\n"
    of_file = "from lib.tools import g\n"
    assert plain({"a": of_file, "lib.tools": quiet}) == {"a", "lib.tools"}
    assert plain({"a": of_file, "lib": loud, "lib.tools": quiet}) == {"lib.tools"}
    assert plain({"a": "import lib.tools as t\n", "lib": loud, "lib.tools": quiet}) == {"lib.tools"}
    assert plain({"a": "from lib import tools\n", "lib": quiet, "lib.tools": loud}) == {"lib"}


def test_it_is_one_of_the_facts_where_there_is_another_module() -> None:
    assert not facts({"a": "x = 1\n"}, {})["a"].plain
    found = facts({"a": "x = 1\n", "b": "import sys\n"}, {})
    assert (found["a"].plain, found["b"].plain) == (True, False)
