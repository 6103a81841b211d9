"""What a text says before it runs: stubs, and whether it has to be read for forbidden names."""

from __future__ import annotations

import pytest

from grader.sandbox.wire.protocol import Facts
from grader.sandbox.worker.analysis import facts

NORM = ("numpy.linalg.norm",)


def facts_of(text: str, names: tuple[str, ...] = ()) -> Facts:
    return facts({"work": text}, {"work": names})["work"]


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
    assert facts_of(text).stubs == (2, 4, 5, 6)


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
    assert facts_of(f"def f(x):\n    {body}\n").unfinished == unfinished


@pytest.mark.parametrize("text", ["def f(", "x = '\0'", "x = " + "(" * 500, "NotImplementedError("])
def test_a_text_that_does_not_parse_says_nothing(text: str) -> None:
    assert facts_of(text + "  # norm", NORM) == Facts()


def test_a_text_without_a_telling_word_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.sandbox.worker.texts.ast.parse", None)
    assert facts_of("def f(v): return sum(v)", NORM) == Facts()


def test_a_text_that_is_nested_too_deeply_is_named() -> None:
    deep = "def f(v):\n    return v" + ".x" * 4000
    sources = {"work": "import below\ndef f(v): return below.f(v)  # norm", "below": deep}
    assert facts(sources, {"work": NORM})["work"].unread == "below.py"
    assert facts(sources, {"below": NORM})["work"] == Facts()
    assert facts({"work": deep + "\nraise NotImplementedError"}, {})["work"] == Facts()
