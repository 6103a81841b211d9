"""Exceptions of a submission, as the judge is told of them."""

from __future__ import annotations

import pytest

from grader.sandbox.stopped import Memory
from grader.sandbox.wire.protocol import (
    FRAME_LIMIT,
    TEXT_LIMIT,
)
from support.sessions import SessionOf, ask


@pytest.mark.parametrize(
    ("raising", "builtin", "kind"),
    [
        ("ValueError('no')", "ValueError", "ValueError"),
        ("type('Mine', (KeyError,), {})('no')", "KeyError", "Mine"),
        ("type('Mine', (Exception,), {})('no')", "", "Mine"),
        ("np.linalg.LinAlgError('no')", "LinAlgError", "LinAlgError"),
        ("SystemExit(0)", "", "SystemExit"),
        ("StopIteration()", "", "StopIteration"),
        ("UnicodeDecodeError('utf-8', b'', 0, 1, 'no')", "UnicodeError", "UnicodeDecodeError"),
    ],
)
def test_the_nearest_builtin_class(
    session_of: SessionOf, raising: str, builtin: str, kind: str
) -> None:
    session, _, _ = session_of(f"import numpy as np\ndef f():\n    raise {raising}")
    raised = ask(session, "f").raised
    assert raised is not None
    assert (raised.builtin, raised.kind) == (builtin, kind)
    assert raised.frames == (("work.py", 3, "f"),)
    assert raised.own


def test_an_exception_of_the_library_is_not_the_submissions_own(session_of: SessionOf) -> None:
    session, _, _ = session_of("import numpy as np\ndef f():\n    np.linalg.inv(np.zeros((2, 2)))")
    raised = ask(session, "f").raised
    assert raised is not None
    assert not raised.own
    assert raised.frames == (("work.py", 3, "f"),)


def test_the_name_of_a_name_error_crosses(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "def f():\n    return np.pi\n"
        "def g():\n    return np.pi\n    np = 1\n"
        "def h():\n    raise NameError('np', name=[1])\n"
        "def i():\n    raise NameError('np', name='\\ud800')\n"
    )
    names = [raised.name for name in "fghi" if (raised := ask(session, name).raised) is not None]
    assert names == ["np", "", "", "?"]


def test_messages_and_tracebacks_are_bounded(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "def f(n):\n    if not n:\n        raise ValueError('x' * 9999)\n    f(n - 1)\n"
        "class Mute(Exception):\n    def __str__(self): raise SystemExit\n"
        "def g(): raise Mute"
    )
    raised = ask(session, "f", 50).raised
    assert raised is not None
    assert len(raised.text) == TEXT_LIMIT
    assert len(raised.frames) == FRAME_LIMIT
    mute = ask(session, "g").raised
    assert mute is not None
    assert (mute.kind, mute.text) == ("Mute", "")


def test_a_syntax_error_of_ones_own_points_where_it_may(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "def f(line, column): raise SyntaxError('m', ('work.py', line, column, ''))"
    )
    raised = ask(session, "f", -1, 1 << 40).raised
    assert raised is not None
    assert (raised.frames, raised.column) == ((("work.py", 0, "f"),), 0)


@pytest.mark.parametrize(
    ("text", "helper", "is_of_loading"),
    [
        ("x = 1 +\ndef f(): pass", "", True),
        ("1 / 0\ndef f(): pass", "", True),
        ("import helper\ndef f(): pass", "x = 1 +", True),
        ("import helper\ndef f(): pass", "1 / 0", True),
        ("def f(): import helper", "x = 1 +", False),
        ("def f(): import helper", "1 / 0", False),
        ("def f(): 1 / 0", "", False),
    ],
)
def test_whether_a_function_was_reached(
    session_of: SessionOf, text: str, helper: str, is_of_loading: bool
) -> None:
    """A helper that a function imports belongs to that function."""
    session, _, _ = session_of(text, helper=helper)
    raised = ask(session, "f").raised
    assert raised is not None
    assert raised.is_of_loading is is_of_loading


@pytest.mark.parametrize(
    "body",
    [
        "raise MemoryError",
        "raise OSError(12, 'no room')",
        "raise RuntimeError('DefaultCPUAllocator: can\\'t allocate memory')",
        "bytearray(1 << 60)",
    ],
)
def test_out_of_memory_in_every_wording(session_of: SessionOf, body: str) -> None:
    session, _, _ = session_of(f"def f():\n    {body}")
    with pytest.raises(BaseException, match=r"Memory\(limit=1073741824\)"):
        ask(session, "f")
    assert session.stopped is not None
    assert isinstance(session.stopped.reason, Memory)


def test_an_error_of_the_system_that_is_not_about_memory(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "def f(): raise PermissionError(13, 'no')\ndef g(): raise OSError(5)"
    )
    for name, builtin in (("f", "PermissionError"), ("g", "OSError")):
        raised = ask(session, name).raised
        assert raised is not None
        assert raised.builtin == builtin
