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
        f"def f():\n    while True:\n        try:\n            print('x' * 999)\n"
        f"        except {catch}:\n            return 1\n"
    )
    with pytest.raises(BaseException, match=r"TooMuchPrinted\(limit=4096\)"):
        ask(session, "f")
    assert session.stopped is not None
    assert isinstance(session.stopped.reason, TooMuchPrinted)
    assert launcher.ended == [1]
