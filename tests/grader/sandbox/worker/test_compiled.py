"""A text is compiled once, for whoever looks at it and for whoever runs it."""

import warnings

import pytest

from grader.sandbox.worker.compiled import Compiled


def test_what_was_looked_at_is_the_code_that_is_run() -> None:
    compiled = Compiled({"work": "def f():\n    return 7\n"})
    assert compiled.code("work") is None  # nobody has looked at it
    assert compiled.mentioned("work") == {"f"}
    code = compiled.code("work")
    assert code is not None
    assert code.co_filename == "work.py"
    space: dict[str, object] = {}
    exec(code, space)
    assert space["f"]() == 7  # type: ignore[operator]


def test_where_python_warns_loading_has_to_warn_again() -> None:
    compiled = Compiled({"work": "x = 1\nsame = x is 1\n"})
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert compiled.mentioned("work") == {"x", "same"}
    assert told == []
    assert compiled.code("work") is None


@pytest.mark.parametrize("text", ["def f(:\n", "x = '\0'", "(" * 50_000, "y = len.__doc__\n"])
def test_what_does_not_compile_or_may_reach_anything_is_not_kept(text: str) -> None:
    compiled = Compiled({"work": text})
    compiled.mentioned("work")
    assert compiled.code("work") is None


def test_a_folder_needs_no_text() -> None:
    assert Compiled({"lib.sums": "x = 1\n"}).mentioned("lib") == frozenset()


def test_quiet_is_what_compiles_without_a_word() -> None:
    texts = {"a": "x = 1\n", "b": "x = 1 is 1\n", "c": "x =\n", "d": "x = '\\0\0'\n"}
    compiled = Compiled(texts)
    assert [name for name in texts if compiled.is_quiet(name)] == ["a"]
    assert compiled.code("a") is not None
    assert compiled.code("b") is None
