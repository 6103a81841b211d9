"""The worker's loop, unlocked and in a thread of this process: what it answers to what."""

from __future__ import annotations

import math
import socket
import sys
import warnings
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.sandbox.stopped import Forbidden
from grader.sandbox.wire.channel import Channel
from grader.sandbox.wire.nodes import HandleNode
from grader.sandbox.wire.protocol import (
    NAME_LIMIT,
    WARNING_LIMIT,
    Begin,
    Do,
    Reply,
    Request,
    Start,
    Started,
)
from grader.sandbox.wire.values import identical
from grader.sandbox.worker import serve as worker
from grader.sandbox.worker.guards import places
from grader.sandbox.worker.printed import Printed
from grader.sandbox.worker.serve import Guest
from support.sessions import SessionOf, ask

# --- calls ----------------------------------------------------------------------------------------


def test_arguments_come_back_as_the_call_left_them(session_of: SessionOf) -> None:
    session, _, _ = session_of("def f(v, *, w):\n    v[0] = 9\n    w.append(1)")
    exchange = ask(session, "f", np.zeros(2), w=[])
    assert exchange.args[0].tolist() == [9, 0]
    assert exchange.after[1] == {"w": [1]}


#: What a function may do to an array, a list, a dict or a tensor that it was given, and on what.
CHANGES: dict[str, Any] = {
    "v[0] = 9.0": np.zeros(2),
    "v[0, 1] = 9.0": np.asfortranarray(np.zeros((2, 2))),
    "v[0, 1] = 9.5": np.zeros((4, 4))[1:3, ::2],
    "v[()] = 1.5": np.array(0.0),
    "v[1] = -0.0": np.zeros(2),
    "v.shape = (2, 2)": np.arange(4.0),
    "v.shape = (1, 2)": np.zeros(2),
    "v.dtype = 'i8'": np.zeros(2),
    "v.flags.writeable = False": np.zeros(2),
    "v.sort()": np.array([2.0, 1.0]),
    "v.append(1)": [],
    "v[0] = 1.0": [1],
    "v[0] = True": [1],
    "v[0].append(2)": ([1],),
    "v['b'] = 1": {"a": 1},
    "v['a'] = 1": {"a": 1.0},
    "v['a'] = v.pop('a')": {"a": 1, "b": 2},
    "v['a'][0] = 7": {"a": np.zeros(2)},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_argument_comes_back(session_of: SessionOf, change: str) -> None:
    session, _, _ = session_of(f"def f(v): {change}")
    exchange = ask(session, "f", CHANGES[change])
    assert exchange.raised is None
    assert exchange.after is not None
    assert not identical(exchange.args[0], CHANGES[change]) or "flags" in change or "pop" in change


@pytest.mark.parametrize(
    "change",
    [
        "v[0] = 9",
        "v.unsqueeze_(0)",
        "v.requires_grad_()",
        "v.data = v + 1",
        "v.data = v.double()",
        "v.set_(v.clone())",
        "v.mul_(0.5)",
        "v.resize_(2)",
    ],
)
def test_a_changed_tensor_comes_back(session_of: SessionOf, change: str) -> None:
    torch = pytest.importorskip("torch")
    session, _, _ = session_of(f"def f(v): {change}")
    exchange = ask(session, "f", torch.tensor([1.0, 2.0, 3.0]))
    assert exchange.raised is None
    assert exchange.after is not None


@pytest.mark.parametrize("value", [*CHANGES.values(), 1, 2.5, None, "text", math.nan, [math.nan]])
def test_an_unchanged_argument_stays_away(session_of: SessionOf, value: Any) -> None:
    session, _, _ = session_of("def f(v, *, w): return 1.5")
    exchange = ask(session, "f", value, w=value)
    assert exchange.after is None
    assert identical(exchange.args[0], value)


def test_a_result_that_is_an_argument_keeps_it_company(session_of: SessionOf) -> None:
    """Result and argument share their memory on the judge's side too."""
    session, _, _ = session_of("def f(v): return v[1:]")
    exchange = ask(session, "f", np.arange(3.0))
    assert np.shares_memory(exchange.value, exchange.args[0])


def test_a_name_that_is_not_there(session_of: SessionOf) -> None:
    session, _, _ = session_of("def near(): pass\n_private = 1\nglobals()[7] = 1")
    raised = ask(session, "far").raised
    assert raised is not None
    assert (raised.kind, raised.text, raised.defined) == ("MissingFunction", "far", ("near",))


def test_warnings_travel_and_are_bounded(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "import warnings\ndef f(n):\n    for i in range(n):\n"
        "        warnings.warn(f'{i}' + 'x' * 1000, UserWarning)"
    )
    warned = ask(session, "f", 50).warnings
    assert len(warned) == WARNING_LIMIT
    assert warned[0].startswith("UserWarning: 0x")
    assert all(len(text) <= NAME_LIMIT for text in warned)
    session.begin("work", 7, 60.0)
    assert ask(session, "f", 0).warnings == ()


def test_what_cannot_cross_becomes_a_handle_until_the_next_test(session_of: SessionOf) -> None:
    session, _, _ = session_of("def f(): return {1, 2}\ndef g(s): return len(s)")
    handle = ask(session, "f").value
    assert ask(session, "g", handle).value == 2
    assert ask(session, "g", handle).args == (None,)
    session.begin("work", 7, 60.0)
    with pytest.raises(BaseException, match="arguments did not come back"):
        ask(session, "g", handle)  # it is forgotten there


@pytest.mark.parametrize(
    "text",
    [
        "def f(): return [float(i) for i in range(200_000)]",
        "import numpy as np\ndef f(): return [np.zeros(1 << 20) for _ in range(20)]",
    ],
    ids=["header", "body"],
)
def test_an_answer_that_is_too_large(session_of: SessionOf, text: str) -> None:
    session, _, _ = session_of(text)
    assert "list too large to bring back" in repr(ask(session, "f").value)


# --- forbidden ------------------------------------------------------------------------------------


def test_a_forbidden_function_by_another_name(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text shows nothing; the guard sees who calls."""
    for owner, key in places(["numpy.linalg.norm"])["numpy.linalg.norm"]:
        monkeypatch.setattr(owner, key, getattr(owner, key))
    session, _, _ = session_of(
        "import numpy as np\ndef f(v): return getattr(np.linalg, 'no' + 'rm')(v)",
        ("numpy.linalg.norm",),
    )
    with pytest.raises(BaseException, match=r"numpy\.linalg\.norm.*work\.py.*line=2"):
        ask(session, "f", np.ones(2))
    assert session.stopped is not None
    assert isinstance(session.stopped.reason, Forbidden)


# --- the loop -------------------------------------------------------------------------------------


def converse(*requests: Any) -> list[Any]:
    """What the loop answers to these, in order; it ends by itself or because we hang up."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours.fileno())
        for number, what in enumerate(requests):
            begin = Begin("work", number) if isinstance(what, Do) else None
            channel.send(msgspec.msgpack.encode(Request(number, what, (), begin)))
        ours.shutdown(socket.SHUT_WR)
        worker.serve(Channel(theirs.fileno()))
        theirs.close()
        answers = []
        while True:
            try:
                header, _ = channel.receive()
            except Exception:
                return answers
            answers.append(msgspec.msgpack.decode(header, type=Reply).what)


@pytest.mark.usefixtures("own_world")
def test_it_answers_every_request_with_one_reply() -> None:
    started, done = converse(
        Start({"work": "def f(): return 1"}, {}, 100),
        Do("call", "f", 0, (), {}, True),
    )
    assert isinstance(started, Started)
    assert done.value == HandleNode(1, "int")


@pytest.mark.usefixtures("own_world")
def test_the_texts_are_read_when_that_is_asked_for() -> None:
    text = "def f():\n    raise NotImplementedError"
    (read,) = converse(Start({"work": text}, {}, 100))
    assert read.facts["work"].stubs == (2,)
    (unread,) = converse(Start({"work": text}, {}, 100, read=False))
    assert unread.facts == {}


def test_nothing_is_answered_before_the_texts_are_there() -> None:
    assert converse(Do("call", "f", 0, (), {}, True)) == []


@pytest.mark.usefixtures("own_world")
def test_a_judge_that_is_gone_ends_it() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        Channel(ours.fileno()).send(msgspec.msgpack.encode(Request(0, Start({}, {}, 100))))
        ours.close()
        worker.serve(Channel(theirs.fileno()))
    assert isinstance(sys.stdout, Printed)


@pytest.mark.usefixtures("own_world")
def test_warnings_are_always_shown() -> None:
    converse(Start({}, {}, 100))
    assert warnings.filters[0][0] == "always"


def test_pytorch_warns_in_each_test(session_of: SessionOf) -> None:
    """Whoever asked before: what it says once in a process is no answer's."""
    torch = pytest.importorskip("torch")
    session, _, _ = session_of("def f(x):\n    return x.T\n")
    for _ in range(2):
        assert len(ask(session, "f", torch.ones(3)).warnings) == 1
        session.begin("work", 7, 60.0)


def test_pytorch_that_is_loaded_in_a_test_draws_from_its_seed(
    own_world: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It draws the same where the test is run once more, and finds it loaded."""
    torch = pytest.importorskip("torch")
    guest = Guest(Start({}, {}, 100), {})
    with monkeypatch.context() as patch:
        patch.delitem(sys.modules, "torch")
        guest.take_over()
        guest.begin(Begin("work", 7))
    torch.manual_seed(1)
    guest.greet()
    drawn = torch.rand(1)
    guest.begin(Begin("work", 7))
    assert torch.rand(1) == drawn
    guest.greet()
    assert torch.rand(1) != drawn, "it is seeded once"


@pytest.mark.parametrize(("much", "gone"), [(-1, True), (1 << 40, False)])
def test_where_memory_was_used_a_test_finds_nothing_of_what_the_one_before_left(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch, much: int, gone: bool
) -> None:
    monkeypatch.setattr(worker, "_MUCH", much)
    text = (
        "import weakref\nclass A:\n    pass\nseen = []\n"
        "def f():\n    a = A()\n    a.a = a\n    seen.append(weakref.ref(a))\n"
        "def g():\n    return [ref() is None for ref in seen]\n"
    )
    session, _, _ = session_of(text)
    ask(session, "f")
    session.begin("work", 7, 60.0)
    assert ask(session, "g").value == [gone]
