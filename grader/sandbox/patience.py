"""How long an answer is waited for, where what libraries take to load does not count.

The first use of a library may load a hundred files, and how long that takes is the disk's and the
other processes' business, not the student's. A worker says when it begins to load one and when it
is done (`Importing`); in between another account is used up. Both are finite, so a worker that
lies gains nothing but a wait.
"""

from __future__ import annotations

import math
import time

__all__ = ["Account", "Patience"]


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


class Account:
    """What the calls of one submission may still take, in seconds.

    Args:
        call: for one call.
        loading: for all the times that one module is loaded.
        libraries: for what it loads of libraries.

    Attributes:
        left: for the calls of the current test together.
        most: for the next of them, besides.
    """

    def __init__(self, call: float, loading: float, libraries: float) -> None:
        self._call, self._whole = call, (loading, libraries)
        self.loading, self.libraries = loading, libraries
        self.left = self.most = math.inf

    def another_module(self) -> None:
        """The tests of another module begin: loading it has its own time."""
        self.loading, self.libraries = self._whole

    def patience(self, limit: float | None) -> tuple[float, Patience]:
        """The seconds for the next question, and the patience with its answer.

        Args:
            limit: for what is no call; what a call may take by default.
        """
        allowed = limit if limit is not None else min(self._call, self.left, self.most)
        return allowed, Patience(allowed, self.libraries)

    def charge(self, patience: Patience, whose: str) -> None:
        """An answer came, or did not.

        Args:
            whose: time it was: "call", "loading", or "reading" the texts, which is our own work.
        """
        used, self.libraries = patience.used(), patience.libraries
        if whose == "call":
            self.left -= used
        elif whose == "loading":
            self.loading -= used
