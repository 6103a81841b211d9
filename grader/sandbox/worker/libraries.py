"""Says when a library is being loaded: that takes no time from whoever uses it first."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable, Collection
from typing import Any

__all__ = ["announce"]

_bootstrap: Any = importlib.__dict__["_bootstrap"]


def announce(own: Collection[str], tell: Callable[[bool], None]) -> None:
    """From now on tell when this thread begins to load a library, and when it has.

    Args:
        own: modules that are no library's: the submission's. What they import in turn may be.
        tell: called with True and with False.

    Python asks `_find_and_load` for each module that is not loaded yet, whatever statement or
    function wants it; a module that is there costs nothing.
    """
    find = _bootstrap._find_and_load
    thread = threading.get_ident()
    parts = (name.split(".") for name in own)
    ours = {".".join(each[:n]) for each in parts for n in range(1, len(each) + 1)}
    loading = False

    def find_and_load(name: str, import_: Any) -> Any:
        nonlocal loading
        is_known = name in ours or name in sys.modules
        if loading or is_known or threading.get_ident() != thread:
            return find(name, import_)
        loading = True
        tell(True)
        try:
            return find(name, import_)
        finally:
            loading = False
            tell(False)

    # As a part of the import system: Python leaves its frames out of tracebacks by this name.
    code = find_and_load.__code__
    find_and_load.__code__ = code.replace(
        co_filename=_bootstrap._find_and_load.__code__.co_filename
    )
    _bootstrap._find_and_load = find_and_load
