"""Mutants of a reference: which changes are made, where, and which texts are left alone."""

from __future__ import annotations

import ast

import pytest

from grader.authoring.mutants import mutants


def changed(source: str) -> set[str]:
    """The changed lines of all mutants of a text."""
    return {mutant.after for mutant in mutants(source)}


def body(expression: str) -> set[str]:
    """The expressions that take an expression's place."""
    source = f"def f(x, y, z, i, j, n):\n    return {expression}\n"
    return {line.removeprefix("return ") for line in changed(source)}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("x + y", {"x - y", "x", "y"}),
        ("x - y", {"x + y", "y - x", "x"}),
        ("x @ y", {"x * y", "y @ x"}),
        ("(x - y) * z", {"(x - y) / z", "(x + y) * z", "(y - x) * z", "(x) * z", "x - y", "z"}),
        ("x < y", {"x <= y", "x > y"}),
        ("x == y and z", {"x == y or z", "x == y", "z", "x != y and z"}),
        ("-x", {"x"}),
        ("not x", {"x"}),
        ("x[0]", {"x[1]", "x[(-1)]"}),
        ("x[i, j]", {"x[j, i]"}),
        ("x[:i]", {"x[:]"}),
        ("f(x, y)", {"f(y, x)"}),
        ("x.T", {"x"}),
        ("x.copy()", {"x"}),
        ("np.sqrt(x)", {"x"}),
        ("x.sum(axis=0)", {"x.sum()", "x.sum(axis=1)", "x.sum(axis=(-1))", "x.prod(axis=0)"}),
        ("range(n)", {"range(n - 1)"}),
        ("x if y else z", {"x", "z"}),
        ("True", {"False"}),
        ("0.5", {"1.5", "1.0"}),
        ("x.astype(np.float64)", {"x", "x.astype(np.float32)"}),
    ],
)
def test_changes(expression: str, expected: set[str]) -> None:
    assert body(expression) == expected


def test_brackets_where_the_surroundings_need_them() -> None:
    assert "(z - y) ** 2" in body("(y - z) ** 2")
    assert "x * (y if z else 1)" not in body("x * y")
    source = "def f(x, y):\n    return (x + y).sum()\n"
    for mutant in mutants(source):
        ast.parse(mutant.text)


def test_statements_are_left_out_or_go_the_other_way() -> None:
    lines = changed("def f(t, x):\n    t += x\n    t[0] = 1\n    t.sort()\n")
    assert {"t -= x", "t = x", "pass"} <= lines


def test_conditions_always_or_never_hold() -> None:
    lines = changed("def f(x):\n    if x.ndim != 1:\n        raise ValueError('one axis')\n")
    assert {"if False:", "if True:", "if x.ndim == 1:", "if x.ndim != 2:"} <= lines


def test_words_for_people_are_left_alone() -> None:
    source = '''"""Module 1."""

from __future__ import annotations


def f(x: tuple[int, 3]) -> tuple[1]:
    """Docstring 1."""
    raise ValueError(f"expected {1 + 1}")
'''
    assert mutants(source) == []


def test_a_mutant_names_its_function_and_line() -> None:
    source = "class A:\n    def f(self, x):\n        ä = 'ß'; return x + 1\n"
    found = {mutant.after: mutant for mutant in mutants(source)}
    mutant = found["ä = 'ß'; return x - 1"]
    assert (mutant.function, mutant.line) == ("A.f", 3)
    assert mutant.before == "ä = 'ß'; return x + 1"
    assert mutant.text == source.replace("x + 1", "x - 1")


def test_defaults_are_changed() -> None:
    assert "def f(x, b=1.0):" in changed("def f(x, b=0.0):\n    return x\n")
