"""The modules of a submission: loaded in the worker, once, by their names."""

from __future__ import annotations

import sys

from support.sessions import SessionOf, ask


def test_modules_import_each_other_by_name(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "import helper_of_work\ndef f(): return helper_of_work.g() + 1",
        helper_of_work="def g(): return 41",
    )
    assert ask(session, "f").value == 42
    assert sys.modules["work"].__file__ == "work.py"


def test_folders_of_modules_are_packages(session_of: SessionOf) -> None:
    """With or without an `__init__.py`; errors in them carry their places."""
    others = {
        "mine_at_work.sums.all": "from ..base import one\ndef two(): return one + 1",
        "mine_at_work.base": "one = 1\ndef fails(): return 1 / 0",
        "whole_at_work": "from .part import three",
        "whole_at_work.part": "three = 3",
        "math.extra": "nonsense(",
    }
    session, _, _ = session_of(
        "import math, mine_at_work.sums.all as s\nfrom mine_at_work.base import fails\n"
        "from whole_at_work import three\ndef f(): return s.two(), three, math.pi > 3",
        **others,
    )
    assert ask(session, "f").value == (2, 3, True)
    raised = ask(session, "fails").raised
    assert raised is not None
    assert raised.frames[-1] == ("mine_at_work.base.py", 2, "fails")


def test_a_module_of_the_library_is_not_replaced(session_of: SessionOf) -> None:
    session, _, _ = session_of(
        "import json, random\ndef f(): return hasattr(json, 'loads') and hasattr(random, 'seed')",
        json="nonsense(", random="",
    )  # fmt: skip
    assert ask(session, "f").value is True


def test_a_text_that_does_not_parse(session_of: SessionOf) -> None:
    session, _, _ = session_of("def f(:\n    pass")
    raised = ask(session, "f").raised
    assert raised is not None
    assert (raised.kind, raised.builtin, raised.own) == ("SyntaxError", "SyntaxError", True)
    assert raised.frames == (("work.py", 1, "<module>"),)
    assert raised.column == 7


def test_a_module_is_loaded_once_and_again_after_it_failed(session_of: SessionOf) -> None:
    session, _, _ = session_of("count = []\ndef f():\n    count.append(1)\n    return len(count)")
    assert ask(session, "f").value == 1
    session.begin("work", 8, 60.0)
    assert ask(session, "f").value == 2
    failing, _, _ = session_of("from gone_for_good import *", other="")
    failing.begin("work", 1, 60.0)
    sys.modules.pop("work", None)
    for _ in range(2):
        raised = ask(failing, "f").raised
        assert raised is not None
        assert raised.builtin == "ModuleNotFoundError"


def test_loading_does_not_move_the_generators(session_of: SessionOf) -> None:
    """Whether a test is the first one makes no difference to its random numbers."""
    text = "import random\nrandom.random()\ndef f(): return random.random()"
    session, _, _ = session_of(text)
    first = ask(session, "f").value
    session.begin("work", 7, 60.0)
    assert ask(session, "f").value == first
    session.begin("work", 8, 60.0)
    assert ask(session, "f").value != first
