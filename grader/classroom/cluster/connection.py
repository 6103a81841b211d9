"""A connection to a Dask scheduler: whether it holds, and whether there is anybody to work."""

from __future__ import annotations

import importlib.util
import logging
import time
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

import msgspec

from grader.classroom.cluster.host import forget, hold, judge
from grader.errors import UsageError

__all__ = [
    "KEPT",
    "LOST",
    "Connection",
    "Gone",
    "Patience",
    "check_dask",
    "minutes",
    "quiet",
    "short",
]

KEPT = "What was judged before is kept: the same command goes on from there."


class Patience(msgspec.Struct, frozen=True):
    """How long is waited, in seconds.

    Args:
        first: for the scheduler, at the beginning.
        gone: for a scheduler that was there, or for a first worker.
        look: between two looks at whether all is well.
    """

    first: float = 10.0
    gone: float = 600.0
    look: float = 1.0


class Gone(Exception):
    """The scheduler that was asked knows nothing of it any more."""


#: What is raised where a connection does not hold.
LOST = (OSError, TimeoutError, CancelledError, Gone)


def check_dask() -> None:
    """Refuse where dask.distributed is not installed.

    Raises:
        UsageError: it is not.
    """
    if importlib.util.find_spec("distributed") is None:
        raise UsageError(
            "--dask needs dask.distributed, which is not installed here: "
            "python -m pip install 'wxb[dask]'"
        )


class Connection:
    """A client of a scheduler that has the course.

    Args:
        kit, digest: as `packed` makes them.
        said: called with a line where something is waited for.

    Attributes:
        threads: of all workers, when it was last looked at.
    """

    def __init__(
        self,
        address: str,
        kit: bytes,
        digest: str,
        said: Callable[[str], None],
        patience: Patience,
    ) -> None:
        self.threads = 0
        self._address, self._said, self._patience = address, said, patience
        self._data, self._digest = kit, digest
        self._client: Any = None
        self._kit: Any = None
        self._looked = 0.0
        self._idle_since: float | None = None

    @property
    def is_open(self) -> bool:
        return self._client is not None

    def open(self, seconds: float) -> None:
        """Connect anew, and hand in the course.

        Raises:
            OSError: nobody answers in time.
            ValueError: it is no address.
        """
        from distributed import Client

        new: Any = Client  # of its methods some have no types
        self._client = new(self._address, timeout=seconds, set_as_default=False, name="wxb")
        self._kit = self._client.submit(hold, self._data, key=f"wxb-kit-{self._digest}")
        self._looked = 0.0
        self.look()

    def hang_up(self) -> None:
        client, self._client, self._kit = self._client, None, None
        if client is not None:
            with suppress(Exception):  # it is of no more use, whatever is wrong with it
                client.close(timeout=2)

    def look(self) -> None:
        """See whether the connection holds, and how many threads there are.

        Raises:
            OSError: it does not hold.
            UsageError: no worker came in time.
        """
        now = time.monotonic()
        if now - self._looked < self._patience.look:
            return
        self._looked = now
        client = self._client
        if client is None or client.status != "running":
            raise OSError("the connection is lost")
        self.threads = sum(client.nthreads().values())
        if self.threads:
            self._idle_since = None
        elif self._idle_since is None:
            self._idle_since = now
            self._said(
                f"The Dask scheduler at {self._address} has no worker; waiting for one, "
                f"{minutes(self._patience.gone)} at most. Start one with: "
                f"dask worker {self._address}"
            )
        elif now - self._idle_since > self._patience.gone:
            raise UsageError(
                f"No Dask worker came to {self._address} within {minutes(self._patience.gone)}. "
                f"{KEPT}"
            )

    def submit(self, order: bytes, key: str) -> Any:
        """The future of a task that judges one hand-in.

        Raises:
            Gone: the connection does not hold.
        """
        client = self._client
        # Dask connects again by itself, too; then the scheduler knows nothing of the course.
        if client is None or client.status != "running" or self._kit.cancelled():
            raise Gone
        return client.submit(judge, self._kit, order, key=key, pure=False)

    def gathered(self, futures: list[Any]) -> list[bytes]:
        """What tasks came to that are done.

        Raises:
            one of `LOST`: the connection does not hold.
        """
        if self._client is None:
            raise Gone
        found: list[bytes] = self._client.gather(futures)
        return found

    def given(self) -> set[str]:
        """Keys of the tasks that workers have been given."""
        if self._client is None:
            raise Gone
        return {key for keys in self._client.processing().values() for key in keys}

    def close(self, left: list[Any]) -> None:
        """Take tasks back, have workers forget the course, and hang up."""
        client = self._client
        if client is not None and client.status == "running":
            with suppress(Exception):  # whoever is not there cannot remember either
                client.cancel(left)
                client.run(forget, self._digest, on_error="ignore")
        self.hang_up()


def quiet() -> None:
    """Have Dask say nothing on a person's screen: what they need to know is said here."""
    import distributed  # noqa: F401  it sets up its loggers first

    warnings.filterwarnings("ignore", module=r"distributed\b.*")
    for name in ("distributed", "tornado", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):  # some have levels of their own
            logging.getLogger(name).setLevel(logging.CRITICAL)


def minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def short(error: BaseException) -> str:
    """The first line of an error."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}"[:300] if lines else type(error).__name__
