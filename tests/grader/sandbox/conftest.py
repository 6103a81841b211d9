"""The inside of the border, run in threads of this process."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.judge.transcript import Transcript
from grader.sandbox.exchange import Bounds
from grader.sandbox.proxy import Student
from grader.sandbox.session import Session
from grader.sandbox.worker.absent import AbsentModule
from support.launchers import Inside, Script


@pytest.fixture
def own_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a worker changes in its process is put back: it takes the whole process for its own."""
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    bootstrap: Any = importlib.__dict__["_bootstrap"]
    monkeypatch.setattr(bootstrap, "_find_and_load", bootstrap._find_and_load)
    before = set(sys.modules)
    torch = sys.modules.get("torch")
    is_repeating = torch is not None and torch.is_warn_always_enabled()
    with warnings.catch_warnings():
        yield
    if torch is not None:
        torch.set_warn_always(is_repeating)
    for name in set(sys.modules) - before:
        is_own = getattr(sys.modules[name], "__file__", None) == f"{name}.py"
        if is_own or isinstance(sys.modules[name], AbsentModule):
            del sys.modules[name]


@pytest.fixture
def launchers() -> Iterator[Callable[..., Inside]]:
    """Makes launchers; at the end none of their threads is left."""
    made: list[Inside] = []

    def make(*args: Any, **kwargs: Any) -> Inside:
        made.append(Inside(*args, **kwargs))
        return made[-1]

    yield make
    for launcher in made:
        launcher.close()


BOUNDS = Bounds(call=10.0, memory=1 << 30, output=4096, cpu=60)


@pytest.fixture
def session_of(
    own_world: None, launchers: Callable[..., Inside]
) -> Iterator[Callable[..., tuple[Session, Student, Inside]]]:
    """Makes sessions on a module `work`: a session, the student proxy on it, its launcher."""
    made: list[Session] = []

    def make(
        text: str = "",
        forbidden: tuple[str, ...] = (),
        script: Script | None = None,
        bounds: Bounds = BOUNDS,
        seconds: float = 60.0,
        **others: str,
    ) -> tuple[Session, Student, Inside]:
        launcher = launchers(script, forbidden)
        transcript = Transcript()
        session = Session(
            launcher, bounds, {"work": text, **others}, {"work": forbidden}, transcript.handle
        )
        made.append(session)
        transcript.session = session
        session.begin("work", 7, seconds)
        return session, transcript.student, launcher

    yield make
    for session in made:
        session.close()
