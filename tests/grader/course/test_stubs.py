"""A stub's text from a solution's: what stays, what goes, and what cannot be hidden."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import stubs
from grader.course.stubs import is_unfilled, stub, unfilled
from support.places import ROOT


def text(source: str) -> str:
    return textwrap.dedent(source).lstrip("\n")


PAIRS = {
    "a module that a signature names is imported": (
        """
        import numpy as np


        def f(x: torch.Tensor, y: np.ndarray) -> int:
            return x + y


        def g(x: int) -> list[torch.Tensor | None]:
            import torch

            return [torch.tensor(x)]


        class C:
            def h(self, x: list["int"], *rest: torch.nn.Module) -> C:
                return self
        """,
        """
        import numpy as np


        def f(x: torch.Tensor, y: np.ndarray) -> int:
            import torch

            raise NotImplementedError


        def g(x: int) -> list[torch.Tensor | None]:
            import torch

            raise NotImplementedError


        class C:
            def h(self, x: list["int"], *rest: torch.nn.Module) -> C:
                import torch

                raise NotImplementedError
        """,
    ),
    "a module that is imported at the top is not imported again": (
        """
        import torch


        def f(x: torch.Tensor) -> int:
            return x
        """,
        """
        import torch


        def f(x: torch.Tensor) -> int:
            raise NotImplementedError
        """,
    ),
    "signature, decorators, docstring and imports stay": (
        '''
        """A question?"""

        import numpy as np


        @np.vectorize
        def f(x: int, *,
              y: str = ":") -> int:
            """One sentence."""
            import torch

            # a secret
            z = x + 1
            return z
        ''',
        '''
        """A question?"""

        import numpy as np


        @np.vectorize
        def f(x: int, *,
              y: str = ":") -> int:
            """One sentence."""
            import torch

            raise NotImplementedError
        ''',
    ),
    "a function without a docstring": (
        "def f(x):\n    return x\n",
        "def f(x):\n    raise NotImplementedError\n",
    ),
    "a function on one line": (
        "def f(x): return x\n",
        "def f(x):\n    raise NotImplementedError\n",
    ),
    "a docstring on the same line": (
        'def f(x): "Says it."; return x\n',
        'def f(x):\n    "Says it."\n    raise NotImplementedError\n',
    ),
    "a docstring with a body on its line": (
        'def f(x):\n    """Says it."""; y = x; return y\n',
        'def f(x):\n    """Says it."""\n    raise NotImplementedError\n',
    ),
    "an async function": (
        "async def f(x):\n    return x\n",
        "async def f(x):\n    raise NotImplementedError\n",
    ),
    "only a docstring": (
        'def f(x):\n    """Says it."""\n',
        'def f(x):\n    """Says it."""\n    raise NotImplementedError\n',
    ),
    "hints and the reason go": (
        '''
        """A question?

        What to do.

        Hints
        -----
        1. A hint.

        Why it works
        ------------
        It does.
        """

        def f():
            return 1
        ''',
        '''
        """A question?

        What to do.
        """

        def f():
            raise NotImplementedError
        ''',
    ),
    "nothing but a question is left on its line": (
        '"""A question?\n\nHints\n-----\n1. A hint.\n"""\n\nX = 1\n',
        '"""A question?"""\n\nX = 1\n',
    ),
    "private helpers go with their comments": (
        """
        X = 1

        # how it is done
        _SECRET = 2


        # more of it
        def _helper(x):
            return x


        def f(x):
            return _helper(x)
            # a comment at the end of the body


        # a comment of the module
        Y = 3
        """,
        """
        X = 1


        def f(x):
            raise NotImplementedError


        # a comment of the module
        Y = 3
        """,
    ),
    "a class keeps its public methods and its attributes": (
        '''
        class Bag:
            """Holds things."""

            size: int = 3
            _hidden = 4

            def __init__(self):
                self.things = []

            def _grow(self):
                self.size += 1

            @property
            def full(self):
                """Whether nothing fits."""
                return len(self.things) == self.size
        ''',
        '''
        class Bag:
            """Holds things."""

            size: int = 3

            def __init__(self):
                raise NotImplementedError

            @property
            def full(self):
                """Whether nothing fits."""
                raise NotImplementedError
        ''',
    ),
    "a class of private things only": (
        "class Bag:\n    def _grow(self):\n        pass\n",
        "class Bag:\n    pass\n",
    ),
    "a class on one line": ("class Bag(list): pass\n", "class Bag(list): pass\n"),
    "a class of letters that are no ASCII": (
        "class Tasche:\n    größe = 'ß'\n\n    def öffne(self, ä='ü'): return 'ö'\n",
        "class Tasche:\n    größe = 'ß'\n\n    def öffne(self, ä='ü'):\n"
        "        raise NotImplementedError\n",
    ),
    "line ends and a byte order mark": (
        "\ufeffdef f(x):\r\n    return x\r\n",
        "def f(x):\n    raise NotImplementedError\n",
    ),
    "no line end at the end": (
        "def f(x):\n    return x",
        "def f(x):\n    raise NotImplementedError\n",
    ),
    "a tuple of names": ("A, _b = 1, 2\n_c, _d = 3, 4\nE: int = 5\n", "A, _b = 1, 2\nE: int = 5\n"),
    "an augmented name": ("A = 1\nA += 2\n_b = 1\n_b += 2\n", "A = 1\nA += 2\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_stub(name: str) -> None:
    source, expected = map(text, PAIRS[name])
    assert stub(source) == expected
    assert stub(expected) == expected, "a stub's own stub is itself"
    ast.parse(expected)


REFUSED = {
    "def f(:\n": (1, "invalid syntax"),
    "double = lambda x: 2 * x\n": (1, "a lambda shows the solution; expected def"),
    "X = 1\nif X:\n    def f(x):\n        return x\n": (3, "f is defined inside another statement"),
    "try:\n    class A: pass\nexcept E: pass\n": (2, "A is defined inside another statement"),
    "_R = 0.5\n\n\ndef f(x=_R):\n    return x\n": (1, "the stub needs _R, which it leaves out"),
    "class _B: pass\n\n\nclass C(_B):\n    x = 1\n": (1, "the stub needs _B, which it leaves out"),
}


@pytest.mark.parametrize("source", REFUSED)
def test_what_cannot_be_hidden_is_refused_with_its_line(source: str) -> None:
    line, told = REFUSED[source]
    with pytest.raises(SyntaxError) as met:
        stub(source)
    assert told in str(met.value.msg)
    assert met.value.lineno == line


SOLUTIONS = sorted((ROOT / "solutions").rglob("*.py"))


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_stubs_of_this_course_show_signatures_and_no_bodies(path: Path) -> None:
    source = path.read_text("utf-8")
    made = ast.parse(stub(source))
    ours = {n.name: n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)}
    functions = [n for n in ast.walk(made) if isinstance(n, ast.FunctionDef)]
    assert functions
    for node in functions:
        assert ast.unparse(node.args) == ast.unparse(ours[node.name].args)
        assert ast.get_docstring(node) == ast.get_docstring(ours[node.name])
        body = node.body[1:] if ast.get_docstring(node) else node.body
        assert all(isinstance(n, ast.Import | ast.ImportFrom | ast.Raise) for n in body)
        assert isinstance(body[-1], ast.Raise)


names = st.sampled_from(["f", "_g", "größe", "A", "_B", "__init__"])
bodies = st.sampled_from(["return 1", '"Says."; return 1', "pass", "import os\n{i}    return os"])


@given(st.lists(st.tuples(names, bodies, st.booleans(), st.integers(0, 3)), max_size=5))
def test_fuzz_a_stub_of_a_stub_is_itself(parts: list[tuple[str, str, bool, int]]) -> None:
    pieces = []
    for name, body, in_class, blank in parts:
        indent = "    " if in_class else ""
        head = f"class C{name.strip('_')}:\n" if in_class else ""
        body = body.replace("{i}", indent)
        pieces.append(f"{head}{indent}def {name}(x):\n{indent}    {body}\n" + "\n" * blank)
    made = stub("".join(pieces))
    assert stub(made) == made


def test_sections_of_a_docstring() -> None:
    text = (
        '"""Q?\n\nHints\n-----\n1. One,\n   in two lines.\n2. Two.\n\n'
        'Why it works\n---\nIt\ndoes.\n"""\n'
    )
    found = stubs.sections(text)
    assert found.hints == ("One, in two lines.", "Two.")
    assert found.why == "It does."
    assert stubs.sections('"""Q?"""') == stubs.Sections()
    assert stubs.sections("x = 1") == stubs.Sections()


def test_functions_that_are_as_the_stub_has_them() -> None:
    text = '''
import numpy as np


def doubled(x):
    """Twice."""
    return 2 * x


def halved(x):
    """Half."""
    import torch

    raise NotImplementedError("soon")


def finished(x):
    return x
    raise NotImplementedError


def _private(x):
    raise NotImplementedError


class Layer:
    def __init__(self):
        self.size = 3

    def forward(self, x):
        raise NotImplementedError
'''
    assert stubs.unfilled(text) == ("halved", "Layer.forward")
    assert stubs.unfilled(f"{text}\n\ndef halved(x):\n    return x / 2\n") == ("Layer.forward",)
    assert stubs.unfilled("def broken(:") == ()


def test_a_stub_of_an_older_handout_is_still_one() -> None:
    assert stubs.is_unfilled("def f(x: torch.Tensor):\n    raise NotImplementedError\n")
    assert not stubs.is_unfilled("def f(x: torch.Tensor):\n    return x\n")
    assert not stubs.is_unfilled("from mine.lengths import *\n")
    assert stubs.is_unfilled("import numpy as np\n")


def test_marks_on_marks_are_no_stub() -> None:
    """Python's parser would sort them, in a time that grows with the square of their number."""
    text = "a" + "\u0315\u0300" * 9000 + " = 1\ndef f():\n    raise NotImplementedError\n"
    assert not is_unfilled(text)
    assert unfilled(text) == ()
