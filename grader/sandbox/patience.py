"""How long an answer is waited for, where what libraries take to load does not count.

The first use of a library may load a hundred files, and how long that takes is the disk's and the
other processes' business, not the student's. A worker says when it begins to load one and when it
is done (`Importing`); in between another account is used up. Both are finite, so a worker that
lies gains nothing but a wait.
"""

from __future__ import annotations

import math
import time

__all__ = ["Patience"]


class Patience:
    """The two accounts of one question.

    Args:
        seconds: for the answer.
        libraries: for loading libraries on the way to it.

    Attributes:
        libraries: what is left of that.
    """

    def __init__(self, seconds: float, libraries: float) -> None:
        self._own, self.libraries = seconds, libraries
        self._used = 0.0
        self._loading = False
        self._since = time.monotonic()

    @property
    def deadline(self) -> float | None:
        """When it ends as things are, a time of `time.monotonic`; None if never."""
        left = self.libraries if self._loading else self._own - self._used
        return self._since + left if left < math.inf else None

    def turn(self, loading: bool) -> None:
        """From now on a library is being loaded, or no longer."""
        now = time.monotonic()
        if self._loading:
            self.libraries = max(self.libraries - (now - self._since), 0.0)
        else:
            self._used += now - self._since
        self._since, self._loading = now, loading

    def used(self) -> float:
        """Seconds taken so far, without those of libraries."""
        self.turn(self._loading)
        return self._used
