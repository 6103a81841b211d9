"""Which functions only repeat another's mistake, on graphs made by hand."""

from __future__ import annotations

import pytest

from grader.judge.diagnosis.echo import Fault, Repeats, echoes, uses

VALUE, REFUSAL, MANNER = Fault.VALUE, Fault.REFUSAL, Fault.MANNER
CALLS = {"matmul": frozenset[str](), "power": frozenset({"matmul"})}


def found(
    faulty: dict[str, Fault],
    what: Repeats = "none",
    calls: dict[str, frozenset[str]] = CALLS,
) -> dict[str, str]:
    return echoes(faulty, calls, lambda callee, caller: what)


def test_a_caller_repeats_what_it_calls() -> None:
    assert found({"power": VALUE, "matmul": VALUE}, "the student's") == {"power": "matmul"}
    assert found({"power": VALUE, "matmul": VALUE}, "none") == {"power": "matmul"}


def test_a_caller_with_a_mistake_of_its_own_is_no_echo() -> None:
    assert found({"power": VALUE, "matmul": VALUE}, "others") == {}


def test_a_right_function_is_no_cause() -> None:
    assert found({"power": VALUE}) == {}


def test_who_does_not_call_it_is_no_echo() -> None:
    alone = {"matmul": frozenset[str](), "power": frozenset[str]()}
    assert found({"power": VALUE, "matmul": VALUE}, "the student's", alone) == {}


@pytest.mark.parametrize(
    ("callee", "caller"), [(REFUSAL, VALUE), (MANNER, VALUE), (MANNER, MANNER)]
)
def test_a_small_mistake_is_not_suspected_of_a_grave_one(callee: Fault, caller: Fault) -> None:
    assert found({"power": caller, "matmul": callee}) == {}
    assert found({"power": caller, "matmul": callee}, "the student's") == {"power": "matmul"}


def test_the_first_cause_of_all_is_told() -> None:
    chain = {**CALLS, "series": frozenset({"power", "matmul"})}
    faulty = {"series": VALUE, "power": VALUE, "matmul": VALUE}
    assert found(faulty, calls=chain) == {"series": "matmul", "power": "matmul"}


def test_functions_that_call_each_other_name_no_cause() -> None:
    ring = {"even": frozenset({"odd"}), "odd": frozenset({"even"})}
    assert found({"even": VALUE, "odd": VALUE}, calls=ring) == {}


TEXT = '''"""dot_product is only named here."""

import numpy as np

LIMIT: int = 3
again = power

def dot_product(a, b):
    """matmul would do as well."""
    return (a * b).sum()  # not power

@staticmethod
def _entry(A, B, i, j):
    return dot_product(A[i], B[:, j])

class Table:
    def entry(self, i, j):
        return _entry(self.A, self.B, i, j)

async def matmul(A, B):
    if LIMIT == 3:
        return Table(A, B)

def power(A, n):
    return A if n == 1 else matmul(A, power(A, n - 1))
'''


def test_what_a_text_says_about_who_uses_whom() -> None:
    assert uses(TEXT) == {
        "LIMIT": frozenset(),
        "again": {"power", "matmul", "Table", "_entry", "dot_product", "LIMIT"},
        "dot_product": frozenset(),
        "_entry": {"dot_product"},
        "Table": {"_entry", "dot_product"},
        "matmul": {"LIMIT", "Table", "_entry", "dot_product"},
        "power": {"power", "matmul", "LIMIT", "Table", "_entry", "dot_product"} - {"power"},
    }


def test_the_last_definition_of_a_name_counts() -> None:
    text = "def f(x): return g(x)\n\ndef g(x): return x\n\ndef f(x): return x\n"
    assert uses(text) == {"f": frozenset(), "g": frozenset()}


@pytest.mark.parametrize("text", ["", "def f(:", '"""', "x = \0", "(" * 10_000])
def test_any_text_can_be_looked_at(text: str) -> None:
    assert isinstance(uses(text), dict)
