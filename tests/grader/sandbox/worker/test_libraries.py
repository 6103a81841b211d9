"""Libraries that are loaded on the way are told, and take no time from anybody."""

from __future__ import annotations

import importlib
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.exchange import Bounds
from grader.sandbox.worker.libraries import announce
from support.sessions import SessionOf, ask

SLOW = Bounds(call=0.5, memory=1 << 30, output=4096, cpu=60, loading=5.0, libraries=10.0)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[bool]:
    """What is told, where two modules that import each other are there to be loaded."""
    (tmp_path / "wxb_outer.py").write_text("import wxb_inner\n", "utf-8")
    (tmp_path / "wxb_inner.py").write_text("", "utf-8")
    (tmp_path / "wxb_own.py").write_text("import wxb_inner\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("wxb_outer", "wxb_inner", "wxb_own"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    bootstrap: Any = importlib.__dict__["_bootstrap"]
    monkeypatch.setattr(bootstrap, "_find_and_load", bootstrap._find_and_load)
    told: list[bool] = []
    announce({"wxb_own"}, told.append)
    return told


def test_a_library_is_told_once_with_all_that_it_imports(told: list[bool]) -> None:
    import wxb_outer  # type: ignore[import-not-found]  # noqa: F401

    assert told == [True, False]
    importlib.import_module("wxb_outer")
    assert told == [True, False], "it is there"


def test_what_a_module_of_the_submission_imports_is(told: list[bool]) -> None:
    importlib.import_module("wxb_own")
    assert told == [True, False]


def test_one_that_is_not_there_is_told_and_raises_as_ever(told: list[bool]) -> None:
    with pytest.raises(ModuleNotFoundError) as met:
        import wxb_nowhere  # type: ignore[import-not-found]  # noqa: F401
    assert told == [True, False]
    assert met.traceback[-1].path == Path(__file__), "the import system leaves no frames behind"


def test_other_threads_say_nothing(told: list[bool]) -> None:
    thread = threading.Thread(target=importlib.import_module, args=("wxb_outer",))
    thread.start()
    thread.join()
    assert told == []


def test_it_takes_no_time_from_the_call(
    session_of: SessionOf, told: list[bool], tmp_path: Path
) -> None:
    """A library that takes longer to load than a call may take: at the top, and in a function."""
    for name in ("wxb_outer", "wxb_inner"):
        (tmp_path / f"{name}.py").write_text("import time\ntime.sleep(0.7)\n", "utf-8")
    text = "import wxb_outer\ndef f():\n    import wxb_inner\n    return 1\n"
    session, _, launcher = session_of(text, bounds=SLOW, seconds=0.6)
    assert ask(session, "f").value == 1
    assert launcher.ended == []
    assert session.left > 0.3
