"""The `student` fixture, with a real worker behind it in a thread of this process."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.judge.transcript import Transcript
from grader.sandbox.exchange import StudentError
from grader.sandbox.proxy import Handle, Student, UnkeptError
from grader.sandbox.stopped import Stopped

StudentOf = Callable[[str], Student]


@pytest.fixture
def student_of(session_of: Callable[..., Any]) -> StudentOf:
    return lambda text: session_of("import numpy as np\n" + text)[1]  # type: ignore[no-any-return]


LAYER = """
class Layer:
    def __init__(self, W): self.W, self.b = W, None
    def __call__(self, x, scale=1.0): return scale * (self.W @ x)
    def __len__(self): return len(self.W)
    def __getitem__(self, key): return self.W[key]
def layer(W): return Layer(W)
def use(layer, x): return layer(x)
"""


def test_calls_answer_with_data(student_of: StudentOf) -> None:
    student = student_of("def f(x, *, y=1): return x + y, {'y': y}")
    assert student.f(1) == (2, {"y": 1})
    assert student.f(1, y=2.5) == (3.5, {"y": 2.5})
    assert repr(student.f) == "<the student's f>"
    assert student._asker.calls[0].exchange.value == (2, {"y": 1})


def test_changed_arguments_are_noted_and_never_written_back(student_of: StudentOf) -> None:
    student = student_of(
        "def f(a, b, c, d, *, e):\n    a[0] = b[0] = d[0] = e[0] = 9\n    c.append(1)"
    )
    a, b, c, d, e = (np.zeros(2), np.ones(2), [], np.array([9.0]), np.zeros(1))
    student.f(a, b, c, d, e=e)
    named = ["1st argument", "2nd argument", "3rd argument", "argument e"]
    assert student._asker.calls[-1].changed == named, "the 4th is what it was"
    assert (a.tolist(), b.tolist(), c, e.tolist()) == ([0, 0], [1, 1], [], [0])
    student.f(a, b, c, np.zeros(1), e=e)
    assert student._asker.calls[-1].changed[3] == "4th argument"


def test_functions_that_may_change_their_arguments(student_of: StudentOf) -> None:
    student = student_of("def f(v):\n    v *= 2\n    return 'done'")
    result, (after,) = student.inplace.f(np.ones(2))
    assert (result, after.tolist()) == ("done", [2.0, 2.0])
    assert student._asker.calls[-1].changed == []


def test_views_and_aliases_arrive_as_what_they_are(student_of: StudentOf) -> None:
    student = student_of(
        "def f(a, b):\n    return np.shares_memory(a, b), a.flags.writeable, a.strides, b.size"
    )
    x = np.arange(6.0)
    x.flags.writeable = False
    assert student.f(x[::2], x) == (True, False, (16,), 6)


def test_handles(student_of: StudentOf) -> None:
    student = student_of(LAYER)
    layer = student.keep.layer(np.eye(2))
    assert isinstance(layer, Handle)
    assert repr(layer) == "<Layer in the student's process>"
    assert layer(np.array([1.0, 2.0]), scale=2.0).tolist() == [2.0, 4.0]
    assert len(layer) == 2
    assert layer
    assert layer[0].tolist() == [1.0, 0.0]
    assert layer.b is None
    layer.b = np.ones(2)
    assert layer.b.tolist() == [1.0, 1.0]
    assert student.use(layer, np.ones(2)).tolist() == [1.0, 1.0]
    assert isinstance(layer.fetch(), Handle), "it is no data, and stays"


SPY = """
class Spy:
    seen = []
    inner = None
    def __getattr__(self, name):
        return self
    def __call__(self, *args, **kwargs):
        self.seen.append((args, kwargs))
        return self
    __getitem__ = __eq__ = __call__
    def __len__(self):
        return 3
    def __setattr__(self, name, value):
        self.seen.append(value)
def answer(x):
    return Spy()
def answers(x):
    return [Spy()]
def seen():
    return len(Spy.seen)
"""
HANDED = {
    "call": lambda spy: spy(7.0),
    "method": lambda spy: spy.equal(7.0),
    "method of a method": lambda spy: spy.numpy.equal(expected=7.0),
    "index": lambda spy: spy[7.0],
    "attribute": lambda spy: setattr(spy, "x", 7.0),
}


@pytest.mark.parametrize("way", HANDED)
def test_nothing_is_handed_to_what_a_call_returned(way: str, student_of: StudentOf) -> None:
    """An object of the student's own class would see what is expected of it."""
    student = student_of(SPY)
    kept = student.keep.answer(1)
    for spy in (student.answer(1), student.answers(1)[0], kept.far.away, kept.method(1)):
        with pytest.raises(UnkeptError, match="can be looked at and fetched, not called"):
            HANDED[way](spy)
    assert student.seen() == 1, "what was asked of the kept one"


def test_what_a_call_returned_can_be_looked_at(student_of: StudentOf) -> None:
    spy = student_of(SPY).answer(1)
    assert repr(spy) == "<Spy in the student's process>"
    assert len(spy) == 3
    assert isinstance(spy.anything, Handle)
    assert isinstance(spy[0, 1], Handle)
    assert isinstance(spy.fetch(), Handle)


def test_a_missing_attribute_is_one(student_of: StudentOf) -> None:
    student = student_of(LAYER)
    layer = student.layer(np.eye(2))
    assert not hasattr(layer, "bias")
    assert not hasattr(layer, "__iter__"), "what Python looks for is not asked of the student"
    with pytest.raises(AttributeError):
        layer.bias = layer.weight
    for owner in (student.keep, student.inplace):
        assert not hasattr(owner, "__wrapped__")
    assert not hasattr(student, "_private")


def test_results_that_stay_there(student_of: StudentOf) -> None:
    student = student_of("def view(x): return x[1:]\ndef copy(x): return x.copy()")
    x = student.keep(np.arange(3.0))
    view = student.keep.view(x)
    assert isinstance(view, Handle)
    assert view.fetch().tolist() == [1.0, 2.0]
    assert view.shares_memory(x)
    assert not student.keep.copy(x).shares_memory(x)
    assert isinstance(student.keep(view).base, Handle), "a kept handle keeps what is asked of it"
    assert view.shape == (2,)


def test_numpy_fetches_a_handle_at_once(student_of: StudentOf) -> None:
    student = student_of(LAYER + "def numbers(): return np.arange(3.0)")
    kept = student.keep.numbers()
    asked = len(student._asker.calls)
    np.testing.assert_allclose(kept, [0.0, 1.0, 2.0])
    assert np.asarray(kept, dtype="f4").dtype == np.float32
    assert len(student._asker.calls) == asked + 2
    with pytest.raises(TypeError, match="Layer: no array of numbers or text"):
        np.asarray(student.layer(np.eye(2)))


def test_helper_functions(student_of: StudentOf) -> None:
    student = student_of("def apply(f, x): return f(x)")
    assert student.apply(student.source("lambda x: x * 10"), 4) == 40
    assert student.apply(student.source("def g(x):\n    return np.sqrt(x)"), 4.0) == 2.0


def test_vector_jacobian_products(student_of: StudentOf) -> None:
    torch = pytest.importorskip("torch")
    student = student_of("def f(x, n): return n * x ** 2")
    value, (gradient, none) = student.vjp("f", (torch.tensor([3.0]), 2), torch.tensor([1.0]))
    assert (value.item(), gradient.item(), none) == (18.0, 12.0, None)


def test_exceptions_are_the_nearest_class(student_of: StudentOf) -> None:
    student = student_of(
        "class Mine(ValueError): pass\nclass Odd(Exception): pass\n"
        "def f(): raise Mine('mine')\ndef g(): raise Odd('odd')\ndef h(): raise SystemExit(0)"
    )
    with pytest.raises(ValueError, match="mine") as met:
        student.f()
    assert student._asker.calls[-1].error is met.value
    with pytest.raises(StudentError, match="Odd: odd"):
        student.g()
    with pytest.raises(StudentError, match="SystemExit"):
        student.h()


def test_what_ends_a_test_is_no_exception(student_of: StudentOf) -> None:
    student = student_of("def f():\n    raise NotImplementedError")
    met: list[BaseException] = []
    try:
        student.f()
    except Exception:
        pytest.fail("a suite's `except Exception` must not catch it")
    except BaseException as stop:
        met.append(stop)
    assert isinstance(met[0], Stopped)
    assert student._asker.session is not None
    assert student._asker.session.stopped is met[0]


def test_warnings_of_the_test_so_far(student_of: StudentOf) -> None:
    student = student_of("def f(): np.array([1.0]) / 0")
    assert student.warnings == ()
    student.f()
    assert re.match("RuntimeWarning: divide by zero", student.warnings[0])


def test_outside_a_test_there_is_nobody_to_ask() -> None:
    with pytest.raises(RuntimeError, match="outside its test"):
        Transcript().student.f()
