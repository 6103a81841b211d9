"""Several questions at once: the answers are those to one after another, or nothing is told."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest

from grader.sandbox import session as session_module
from grader.sandbox.exchange import Bounds, Question, fingerprint_of, question_of
from grader.sandbox.wire.channel import _PREFIX
from grader.sandbox.wire.nodes import List
from grader.sandbox.wire.protocol import (
    AT_ONCE,
    AT_ONCE_BYTES,
    Answer,
    Answers,
    Facts,
    Op,
    Request,
    Several,
    Start,
    Started,
    told,
)
from grader.sandbox.worker.guards import places
from support.launchers import Farewell
from support.sessions import SessionOf

TEXT = """
def double(x):
    print("double", x)
    return x * 2

def change(x):
    x[0] = 7
    return x

def refuse(x):
    raise ValueError("no")

def adder(n):
    return lambda x: x + n

def fill(n):
    return "x" * n

def unwritten(x):
    raise Unwritten

Unwritten = NotImplementedError
"""
OTHER = "def g(x):\n    return x\n"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is a thread of this process has to wait for the others."""
    monkeypatch.setattr(session_module, "_AT_ONCE_SECONDS", 10.0)


def asked(*ops: Op) -> tuple[Several, bytes, list[Question]]:
    questions = [question_of(op) for op in ops]
    several = Several(tuple([(q.do, q.sizes) for q in questions]))
    return several, b"".join(q.body for q in questions), questions


def call(name: str, *args: Any) -> Op:
    return Op("call", name, 0, args)


OPS = (
    call("double", 3),
    call("double", np.arange(3.0)),
    call("change", np.arange(2)),
    Op("call", "adder", 0, (1,), {}, keep=True),
    Op("invoke", "", 1, (2,)),
    call("double", "a"),
)


def test_the_answers_are_those_to_one_after_another(session_of: SessionOf) -> None:
    session, _, launcher = session_of(TEXT, other=OTHER)
    several, body, questions = asked(*OPS)
    alone = [fingerprint_of(session.put(question)) for question in questions]
    assert len({*alone, b""}) == len(OPS) + 1
    session.begin("work", 7, 60.0)
    assert session.may_ask_several()
    before = session.left
    assert session.several(several, body, 10.0) == alone
    assert session.left < before
    session.begin("work", 7, 60.0)
    assert [fingerprint_of(session.put(question)) for question in questions] == alone
    assert launcher.spawned == 1


@pytest.mark.parametrize(
    ("op", "count"),
    [
        pytest.param(call("refuse", 1), 3, id="raised"),
        pytest.param(call("nothing", 1), 3, id="missing"),
        pytest.param(call("unwritten", 1), 1, id="unwritten"),
        pytest.param(call("fill", AT_ONCE_BYTES), 1, id="too much"),
    ],
)
def test_the_first_question_without_a_usual_answer_ends_them(
    session_of: SessionOf, op: Op, count: int
) -> None:
    session, _, launcher = session_of(TEXT, other=OTHER)
    first = call("double", 1)
    session.do(first)
    session.begin("work", 7, 60.0)
    several, body, _ = asked(first, op, first)
    assert len(session.several(several, body, 10.0)) == count
    session.begin("work", 7, 60.0)
    assert session.do(first).value == 2
    assert launcher.spawned == 1


def test_a_module_that_is_not_loaded_is_loaded(session_of: SessionOf) -> None:
    session, _, _ = session_of(TEXT, other="def g(x):\n    return 3 * x\n")
    session.do(call("double", 1))
    session.begin("other", 7, 60.0)
    assert session.loading > 0
    several, body, _ = asked(call("g", 1), call("g", 2))
    assert len(session.several(several, body, 10.0)) == 2
    assert session.loading == 0


def test_a_module_that_could_not_be_loaded_is_not_loaded(session_of: SessionOf) -> None:
    """Whatever was answered before, that needed no module."""
    session, _, _ = session_of(TEXT, other="X = 1 / 0\ndef g(x):\n    return x\n")
    session.do(call("double", 1))
    session.begin("other", 7, 60.0)
    several, body, _ = asked(Op("source", "lambda x: x", keep=True), call("g", 1), call("g", 2))
    assert len(session.several(several, body, 10.0)) == 1
    assert session.loading > 0


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        pytest.param("seen = []\n" + TEXT, (), id="may keep something"),
        pytest.param(TEXT + "def stub(x):\n    raise NotImplementedError\n", (), id="unfinished"),
        pytest.param(
            "import numpy as np\n" + TEXT + "def norm(v):\n    return np.linalg.norm(v)\n",
            ("numpy.linalg.norm",),
            id="forbidden",
        ),
    ],
)
def test_what_is_asked_one_by_one(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch, text: str, forbidden: tuple[str, ...]
) -> None:
    for name in forbidden:  # the worker is a thread of this process: its guards are put back
        for owner, key in places([name])[name]:
            monkeypatch.setattr(owner, key, getattr(owner, key))
    session, _, _ = session_of(text, forbidden, other=OTHER)
    assert not session.may_ask_several(), "it is read when that is asked"
    session.do(call("double", 1))
    assert not session.may_ask_several()


def test_what_went_wrong_once_is_asked_one_by_one(session_of: SessionOf) -> None:
    session, _, _ = session_of(TEXT, other=OTHER)
    session.do(call("double", 1))
    session.ask_one_by_one()
    assert not session.may_ask_several()
    session.begin("other", 7, 60.0)
    assert session.may_ask_several()


def test_what_is_foreseen_is_asked_at_once_and_answered_as_ever(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _, _ = session_of(TEXT, other=OTHER)
    ops = (call("double", 3), call("change", np.arange(2)), call("refuse", 1), call("double", "a"))
    alone = [session.do(op) for op in ops]
    session.begin("work", 7, 60.0)
    before = session.left
    assert session.foresee([question_of(op) for op in ops])
    assert session.left < before
    monkeypatch.setattr(session, "_put", None)  # nothing is asked any more
    for op, known in zip(ops, alone, strict=True):
        found = session.do(op)
        assert (found.do, found.fingerprint) == (known.do, known.fingerprint)
        assert (found.printed, found.weight > 0) == (known.printed, True)
        np.testing.assert_equal(found.value, known.value)
        np.testing.assert_equal(found.after, known.after)
        assert (found.raised and found.raised.text) == (known.raised and known.raised.text)
    assert not session.foreseen


@pytest.mark.parametrize(
    ("text", "ops"),
    [
        pytest.param(TEXT, (), id="nothing"),
        pytest.param(TEXT, (call("double", 1),) * (AT_ONCE + 1), id="too many"),
        pytest.param(TEXT, (call("double", "a" * AT_ONCE_BYTES),), id="too much to answer"),
        pytest.param(TEXT, (call("double", np.zeros(AT_ONCE_BYTES)),), id="too much to ask"),
        pytest.param(TEXT, (call("double", 1), call("unwritten", 1)), id="unwritten"),
        pytest.param("seen = []\n" + TEXT, (call("double", 1),), id="may keep something"),
        pytest.param("X = 1 / 0\n" + TEXT, (call("double", 1),), id="not to be loaded"),
    ],
)
def test_what_cannot_be_foreseen_is_asked_one_by_one(
    session_of: SessionOf, text: str, ops: tuple[Op, ...]
) -> None:
    session, _, _ = session_of(text, other=OTHER)
    assert not session.foresee([question_of(op) for op in ops])
    assert (len(session.foreseen), session.stopped) == (0, None)


# --- what a worker may say ------------------------------------------------------------------------

ANSWERS = Answers((told(Answer(1, same=True), ()), told(Answer(2, same=True), ())), 0.0)
HONEST = {"work": Facts(still=True)}


def answered(what: Any, sizes: tuple[int, ...] = ()) -> Any:
    """A worker that says this to several questions, and to one that it is 1."""

    def follow(request: Request, body: bytes) -> Any:
        if isinstance(request.what, Start):
            return Started(HONEST)
        if not isinstance(request.what, Several):
            return Answer(1, same=True)
        return what(request) if callable(what) else what

    return follow


def framed(what: Any, sizes: tuple[Any, ...], body: bytes = b"") -> Any:
    def write(request: Request) -> bytes:
        header = msgspec.msgpack.encode({"number": request.number, "what": what, "sizes": sizes})
        return _PREFIX.pack(len(header), len(body)) + header + body

    return write


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(Answer(1, same=True), id="one answer"),
        pytest.param(Started({}), id="facts"),
        pytest.param(ANSWERS, id="no sizes"),
        pytest.param(framed(ANSWERS, (1, 1), b"x"), id="less than it says"),
        pytest.param(framed(ANSWERS, (0, 0), b"x"), id="more than it says"),
        pytest.param(framed(ANSWERS, (2, -2)), id="less than nothing"),
        pytest.param(framed(Answers((b"",) * 1000, 0.0), (0,) * 1000), id="more than was asked"),
        pytest.param(framed({"type": "answers", "told": [1, 2], "cpu": 0.0}, (0, 0)), id="numbers"),
        pytest.param(Farewell(), id="nothing, and ends"),
        pytest.param(b"\xff" * 40, id="noise"),
        pytest.param("silence", id="silence"),
    ],
)
def test_of_a_dishonest_worker_nothing_is_taken(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch, said: Any
) -> None:
    monkeypatch.setattr(session_module, "_AT_ONCE_SECONDS", 0.05)
    session, _, launcher = session_of(script=answered(said))
    session.do(call("f", 1))
    session.begin("work", 7, 60.0)
    several, body, _ = asked(call("f", 1), call("f", 2))
    assert session.several(several, body, 10.0) == []
    assert launcher.ended == [1]
    assert session.stopped is None
    session.begin("work", 7, 60.0)
    assert session.do(call("f", 1)).value == 1
    assert launcher.spawned == 2
    assert not session.may_ask_several()
    assert not session.foresee([question_of(call("f", 1))])


_TEXT, _VALUE = told(Answer(printed="text"), ()), told(Answer(1), ())
_DEEP = msgspec.msgpack.encode(List((1,)))[:-1] * 9000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"\xc1", id="noise"),
        pytest.param(b"", id="nothing"),
        pytest.param(_TEXT.replace(b"text", b"\xff" * 4), id="no text"),
        pytest.param(_VALUE.replace(b"value", b"value" + _DEEP), id="deep"),
    ],
)
def test_what_is_no_answer_is_not_foreseen(session_of: SessionOf, text: bytes) -> None:
    said = Answers((told(Answer(1, same=True), ()), text), 0.0)
    session, _, launcher = session_of(script=answered(framed(said, (0, 0))))
    assert not session.foresee([question_of(call("f", 1)), question_of(call("f", 2))])
    assert (len(session.foreseen), launcher.ended, session.stopped) == (0, [], None)


def test_more_answers_than_questions_are_none(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=answered(framed(ANSWERS, (0, 0))))
    assert not session.foresee([question_of(call("f", 1))])
    assert (len(session.foreseen), launcher.ended, session.stopped) == (0, [1], None)


def test_a_call_that_takes_its_time_is_not_waited_for(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has its own time when it is asked alone."""
    monkeypatch.setattr(session_module, "_AT_ONCE_SECONDS", 0.05)
    text = TEXT + "def slow(x):\n    n = 0\n    while n < 10**7:\n        n += 1\n    return n\n"
    session, _, launcher = session_of(text, other=OTHER, bounds=Bounds(10.0, 1 << 30, 4096, 60))
    session.do(call("double", 1))
    session.begin("work", 7, 60.0)
    several, body, _ = asked(call("double", 1), call("slow", 1))
    assert session.several(several, body, 10.0) == []
    assert launcher.ended == [1]
    assert (session.stopped, session.disturbed) == (None, False)


def test_a_lie_about_an_answer_is_another_answer(session_of: SessionOf) -> None:
    """What is told in another way than an honest worker's has another fingerprint."""
    longer = msgspec.msgpack.encode((Answer(1, same=True), (), "more"))
    session, _, _ = session_of(script=answered(framed(Answers((longer, longer), 0.0), (0, 0))))
    one = fingerprint_of(session.put(question_of(call("f", 1))))
    session.begin("work", 7, 60.0)
    several, body, _ = asked(call("f", 1), call("f", 2))
    assert one not in session.several(several, body, 10.0)
