"""What is said of exceptions: names that are missing, and what would bring them."""

from __future__ import annotations

import pytest

from grader.judge.raised import look_alike, near, raised_lines
from grader.sandbox.proxy import Student
from grader.sandbox.wire.protocol import Raised
from support.judged import Judge


def missing(name: str, *defined: str) -> Raised:
    return Raised("", "MissingFunction", name, defined=defined)


def test_a_name_that_an_import_brings(judged: Judge) -> None:
    found = judged(lambda student: student.root(4.0))
    assert found.outcome == "error"
    assert found.message == (
        "math is not defined: import math at the top.\n"
        "work.py, line 50: return math.sqrt(x)\n"
        "Call: root(4.0)"
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("np", "np is not defined: import numpy as np at the top."),
        ("torch", "torch is not defined: import torch at the top."),
        ("F", "F is not defined: import torch.nn.functional as F at the top."),
        ("List", "List is not defined: from typing import List at the top."),
        ("itertools", "itertools is not defined: import itertools at the top."),
        ("lenght", "Your code raised NameError: name 'lenght' is not defined"),
    ],
)
def test_names_and_their_imports(name: str, told: str) -> None:
    frames = (("work.py", 1, "f"),)
    text = f"name {name!r} is not defined"
    raised = Raised("NameError", "NameError", text, frames, True, name=name)
    assert raised_lines(raised, {"work": name}, "Call: f()") == (
        told,
        f"work.py, line 1: {name}",
        "Call: f()",
    )
    loading = Raised("NameError", "NameError", text, (("work.py", 1, "<module>"),), name=name)
    first, _, last = raised_lines(loading, {"work": name}, "Call: f()")
    assert first == f"Your file cannot be loaded: NameError: {text}"
    assert last == ("" if name == "lenght" else told)


def test_a_local_name_that_is_read_too_early_needs_no_import() -> None:
    raised = Raised("UnboundLocalError", "UnboundLocalError", "np", (), name="np")
    assert raised_lines(raised, {}, "Call: f()")[0] == "Your code raised UnboundLocalError: np"


def test_a_letter_that_only_looks_right(judged: Judge) -> None:
    def asked(student: Student) -> None:
        student.named(1)

    assert judged(lambda student: student.twin(1)).message.splitlines()[0] == (
        "h\u0430lf is not defined: its 2nd letter is \u0430 (CYRILLIC SMALL LETTER A)."
    )
    assert judged(asked).message == (
        "There is no named in your file.\n"
        "There is one that looks like it: its 2nd letter is \u0430 (CYRILLIC SMALL LETTER A)."
    )
    assert look_alike(missing("half", "hal", "halve", "helf")) == ""
    assert look_alike(missing("half", "h\u0430l\u0501")) == "h\u0430l\u0501"


def test_no_name_that_is_asked_for_is_another_one_renamed() -> None:
    raised = missing("row_magnitudes", "row_magnitudes_torch", "row_magnitude", "magnitude")
    asked_for = {"row_magnitudes", "row_magnitudes_torch", "magnitude"}
    assert near(raised, asked_for) == "row_magnitude"
    told = raised_lines(missing("row_magnitudes", "row_magnitudes_torch"), {}, "", asked_for)
    assert told[1] == "Copy its first line from the stub."


def test_a_forgotten_raise(judged: Judge) -> None:
    late, early = judged(lambda s: s.late(1.0)), judged(lambda s: s.early(1.0))
    assert late.outcome == early.outcome == "error"
    assert late.message == (
        "work.py, line 40 still raises NotImplementedError: delete that line.\nCall: late(1.0)"
    )
    assert early.message == (
        "work.py, line 46 still raises NotImplementedError, above your code: delete that line.\n"
        "Call: early(1.0)"
    )
    assert judged(lambda s: s.slow(1.0)).outcome == "not_attempted"
