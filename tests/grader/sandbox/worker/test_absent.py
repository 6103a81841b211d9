"""A library that is not here costs only what uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SessionOf = Callable[..., Any]

TOPS = {
    "a module": "import nolibrary",
    "a module in it": "import nolibrary.pyplot as plt",
    "a name of it": "from nolibrary import plot",
    "a name of a module in it": "from nolibrary.spatial.distance import cosine",
    "everything": "import math, nolibrary",
    "its settings": "import nolibrary\nnolibrary.use('Agg')\nnolibrary.style.context('x')['y'] = 1",
    "a decorator": "import nolibrary\n@nolibrary.jit(nopython=True)\ndef g(x):\n    return x",
    "a base class": "import nolibrary\nclass Net(nolibrary.Module):\n    pass",
    "a constant": "from nolibrary import pi\nTWO = 2 * pi + 1",
    "a plot": "import nolibrary as plt\nfig, ax = plt.subplots()\nax.plot([1])\nplt.show()",
    "plots": "import nolibrary as plt\nfig, ((a, b), (c, d)) = plt.subplots(2, 2)\na.plot(d)",
    "some of many": "import nolibrary as plt\nfirst, *rest, last = plt.parts()\nlast.draw()",
    "a loop": "import nolibrary\nfor part in nolibrary.parts():\n    part.draw()",
    "a with block": "import nolibrary\nwith nolibrary.style('dark') as s:\n    s.use()",
    "a condition": "import nolibrary\nif nolibrary.is_there() and len(nolibrary.all): pass",
    "numbers": "from nolibrary import pi\nTWO = float(pi), int(pi), round(pi, 2), -pi % 2 // 3",
    "a check": "import nolibrary\nassert abs(3.0 - nolibrary.norm([1])) < 1e-9",
    "a check by NumPy": (
        "import numpy as np\nimport nolibrary\n"
        "assert np.allclose(np.ones(3), nolibrary.norm([1]))\n"
        "assert np.float64(3) == nolibrary.norm([1]) and np.float64(1) - nolibrary.pi < 3"
    ),
}


@pytest.mark.parametrize("top", TOPS.values(), ids=TOPS.keys())
def test_what_does_not_use_it_runs(top: str, session_of: SessionOf) -> None:
    _, student, _ = session_of(f"{top}\ndef f(x):\n    return x + 1\n")
    assert student.f(1) == 2


USES = {
    "nolibrary.dot(x, x)": "import nolibrary",
    "plt.plot(x)": "import nolibrary.pyplot as plt",
    "plot(x)": "from nolibrary import plot",
    "pi * x": "from nolibrary import pi",
    "Net()": "import nolibrary\nclass Net(nolibrary.Module):\n    pass",
    "g(x)": "import nolibrary\n@nolibrary.jit\ndef g(x):\n    return x",
    "float(pi)": "from nolibrary import pi",
    "[v for v in data]": "from nolibrary import data",
    "len(data)": "from nolibrary import data",
    "x < pi": "from nolibrary import pi",
    "1 if pi else 2": "from nolibrary import pi",
    "np.allclose(x, pi)": "import numpy as np\nfrom nolibrary import pi",
    "np.add(x, pi)": "import numpy as np\nfrom nolibrary import pi",
}


@pytest.mark.parametrize("use", USES)
def test_what_uses_it_is_told_what_is_missing(use: str, session_of: SessionOf) -> None:
    _, student, _ = session_of(f"{USES[use]}\ndef f(x):\n    return {use}\n")
    with pytest.raises(ModuleNotFoundError, match="nolibrary is not installed where this is grad"):
        student.f(1.0)


def test_a_question_is_answered_as_everywhere(session_of: SessionOf) -> None:
    """`try: import` takes another way, and a function that imports is told at once."""
    _, student, _ = session_of(
        "try:\n    import nolibrary as np\nexcept ImportError:\n    import numpy as np\n"
        "def f(x):\n    return float(np.sqrt(x))\n"
        "def g(x):\n    import nolibrary\n    return 1\n"
    )
    assert student.f(9.0) == 3.0
    with pytest.raises(ModuleNotFoundError, match="No module named 'nolibrary'"):
        student.g(1)


def test_a_misspelt_library_is_no_other_library(session_of: SessionOf) -> None:
    _, student, _ = session_of("import torhc\ndef f(x):\n    return x + 1\n")
    with pytest.raises(ModuleNotFoundError, match="No module named 'torhc'"):
        student.f(1)


def test_a_helper_may_need_it_too(session_of: SessionOf) -> None:
    helper = "import nolibrary\ndef two():\n    return 2\n"
    _, student, _ = session_of(
        "from helper import two\ndef f():\n    return two()\n", helper=helper
    )
    assert student.f() == 2


def test_a_name_that_a_library_that_is_here_lacks_is_an_error(session_of: SessionOf) -> None:
    _, student, _ = session_of("from numpy import nothing_of_it\ndef f():\n    return 1\n")
    with pytest.raises(ImportError, match="nothing_of_it"):
        student.f()


def test_an_exception_in_a_with_block_is_not_hidden(session_of: SessionOf) -> None:
    _, student, _ = session_of(
        "import nolibrary\nwith nolibrary.style():\n    raise KeyError('mine')\ndef f(): return 1\n"
    )
    with pytest.raises(KeyError, match="mine"):
        student.f()
