"""A quick look at a text says whether it may ask for a name; a wrong "no" would hide a cheat."""

import pytest

from grader.sandbox.worker.compiled import Compiled
from grader.sandbox.worker.mentioned import imported_from, may_mention


def mentioned(text: str) -> frozenset[str] | None:
    return Compiled({"work": text}).mentioned("work")


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\ndef f(v):\n    return np.linalg.norm(v)\n",
        "from numpy.linalg import norm\n",
        "from numpy.linalg import norm as length\n",
        "import numpy.linalg.norm\n",
        "def f(norm):\n    return norm\n",
        "def f():\n    norm = 1\n    return lambda: norm\n",
        "class A:\n    norm = 1\n",
        "import numpy as np\nn = np.linalg.\N{FULLWIDTH LATIN SMALL LETTER N}orm\n",
        "name = 'no' 'rm'\n",
        "name = 'no' + 'rm'\n",
        "names = ['linalg.norm', 'dot']\n",
        "def f(x):\n    match x:\n        case object(norm=g):\n            return g\n",
        "f(norm=2)\n",
        "def f(*, a='norm'):\n    return a\n",
        "def f():\n    global norm\n    norm = 1\n",
        "@norm\ndef f():\n    pass\n",
        "x: norm = 1\n",
    ],
)
def test_a_name_that_code_can_ask_for_is_mentioned(text: str) -> None:
    assert may_mention(mentioned(text), {"norm"})


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\nname = 'no'\ngetattr(np.linalg, name + 'rm')\n",
        "import numpy as np\nnp.linalg.__dict__['no' + 'r' + chr(109)]\n",
        "import importlib\nimportlib.import_module('numpy')\n",
        "import operator\noperator.attrgetter('a')\n",
        "exec(open('x').read())\n",
        "vars(np)\n",
        "import numpy as np\nwords = np.sum.__doc__.split()\n",
        "x = '__class__'\n",
        "(" * 50_000,
    ],
)
def test_a_text_that_may_reach_any_name_may_mention_each(text: str) -> None:
    names = mentioned(text)
    assert names is None or names == frozenset()  # nested too deeply, it may not even compile
    assert text.startswith("((") or may_mention(names, {"norm"})


@pytest.mark.parametrize(
    "text",
    [
        '"""The norm of a vector."""\ndef length(v):\n    """Its norm, by hand."""\n    return v\n',
        "# norm\n",
        "def normal(v):\n    return v\n",
        "if __name__ == '__main__':\n    print('the norm is nice')\n",
        "def f(v: int) -> int:\n    return v\n",
    ],
)
def test_what_is_only_spoken_of_is_not_mentioned(text: str) -> None:
    assert not may_mention(mentioned(text), {"norm"})


def test_a_text_that_does_not_compile_mentions_nothing() -> None:
    assert mentioned("def norm(:\n") == frozenset()


def test_modules_are_followed_through_those_that_they_import() -> None:
    texts = {"a": "import b\n", "b": "from c import f\n", "c": "f = 1\n", "d": "norm = 1\n"}
    names = {name: mentioned(text) for name, text in texts.items()}
    assert set(imported_from("a", names)) == {"a", "b", "c"}
    assert set(imported_from("d", names)) == {"d"}
    assert set(imported_from("a", names | {"c": None})) == set(texts)
