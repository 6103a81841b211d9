"""What a submission prints."""

from __future__ import annotations

import pytest

from grader.sandbox.stopped import TooMuchPrinted
from support.sessions import SessionOf, ask


def test_prints_travel_with_the_answer(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "import sys\ndef f():\n    print('a', end='')\n    sys.stderr.write('b\\ud800')\n"
        "    sys.__stdout__.flush()\n    return sys.stdout.writable()"
    )
    exchange = ask(session, "f")
    assert (exchange.printed, exchange.value) == ("ab?", True)
    assert ask(session, "f").printed == "ab?", "not what was printed before"


@pytest.mark.parametrize("catch", ["BaseException", "ValueError"])
def test_a_flood_of_prints_is_stopped(session_of: SessionOf, catch: str) -> None:
    session, _, launcher = session_of(
        f"def f():\n    while True:\n        try:\n            print('x' * 99_999)\n"
        f"        except {catch}:\n            return 1\n"
    )
    with pytest.raises(BaseException, match=r"TooMuchPrinted\(limit=10000000\)"):
        ask(session, "f")
    assert session.stopped is not None
    assert isinstance(session.stopped.reason, TooMuchPrinted)
    assert launcher.ended == [1]


def test_more_than_is_kept_is_cut_and_costs_nothing(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "def f(n):\n    for _ in range(n):\n        print('x' * 99)\n    return 1\n"
    )
    first = ask(session, "f", 100)
    assert (first.value, len(first.printed), first.cut) == (1, 4096, 10_000 - 4096)
    second = ask(session, "f", 2)
    assert (second.value, second.printed, second.cut) == (1, "", 200), "the bound is the test's"


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("sys.stdout.buffer.write('ü'.encode())", "ü"),
        ("sys.stdout.reconfigure(line_buffering=True); print(sys.stdout.encoding)", "utf-8\n"),
        ("sys.stderr.writelines(['a', 'b']); sys.stderr.flush()", "ab"),
        ("print('x', file=sys.stdout, flush=True); sys.stdout.isatty()", "x\n"),
        ("sys.stdout.buffer.writelines([b'a', b'b']); sys.stdout.buffer.flush()", "ab"),
    ],
)
def test_every_way_to_print(session_of: SessionOf, code: str, printed: str) -> None:
    session, _, _ = session_of(f"import sys\ndef f():\n    {code}\n    return 1\n")
    exchange = ask(session, "f")
    assert (exchange.value, exchange.printed) == (1, printed)
