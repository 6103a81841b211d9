"""Sessions on a module `work`, which the fixture `session_of` in tests/grader/sandbox makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.sandbox.exchange import Exchange
from grader.sandbox.session import Session
from grader.sandbox.wire.protocol import Op

#: Makes a session, the student proxy on it, and its launcher.
SessionOf = Callable[..., tuple[Session, Any, Any]]


def ask(session: Session, name: str, *args: Any, **kwargs: Any) -> Exchange:
    """Call a function of the submission."""
    return session.do(Op("call", name, 0, args, kwargs))
