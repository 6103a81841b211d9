"""What happens behind a command, for whoever asks: `grade -v`, or WXB_LOG=debug around any call.

Each package of the grader has a logger of its name and is silent by itself; a script that grades
turns it on as any other: `logging.getLogger("grader").setLevel("DEBUG")`. What the processes
behind the border log arrives here too.
"""

from __future__ import annotations

import logging
import os
import sys

from grader.errors import UsageError

__all__ = ["listen"]

_VARIABLE = "WXB_LOG"
#: What may be asked for: debug is everything, info only what went wrong and was mended.
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO}


def listen(verbose: bool) -> None:
    """Write what is logged to standard error, if that was asked for.

    Raises:
        UsageError: WXB_LOG asks for a level that there is not.
    """
    asked = "debug" if verbose else os.environ.get(_VARIABLE, "").lower()
    if not asked:
        return
    if asked not in _LEVELS:
        raise UsageError(f"{_VARIABLE}={asked}: expected {' or '.join(_LEVELS)}")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s.%(msecs)03d %(message)s", "%H:%M:%S"))
    ours = logging.getLogger("grader")
    ours.addHandler(handler)
    ours.setLevel(_LEVELS[asked])
