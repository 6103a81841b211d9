"""What the submission prints: kept up to a bound; the rest is counted, and a flood stopped."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from grader.sandbox.wire.protocol import FLOOD_LIMIT

__all__ = ["Printed"]


class Printed(io.TextIOBase):
    """What the submission prints in one test.

    Args:
        limit: characters that are kept. What comes after them is counted and forgotten, until it
            is a flood: prints for somebody who looks for a mistake cost no right answer.
    """

    encoding = "utf-8"
    errors = "replace"

    class Overflow(BaseException):
        """What was printed is a flood."""

    def __init__(self, limit: int) -> None:
        self._limit, self._flood = limit, max(limit, FLOOD_LIMIT)
        self._pieces: list[str] = []
        self._size = 0
        self._cut = 0
        self.overflow = False
        self.buffer = _Bytes(self)

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        kept = text[: max(self._limit - self._size, 0)]
        if kept:
            self._pieces.append(kept)
        self._size += len(text)
        self._cut += len(text) - len(kept)
        if self._size > self._flood:
            self.overflow = True
            raise self.Overflow
        return len(text)

    def reconfigure(self, **options: Any) -> None:
        """As of a terminal: there is nothing to set."""

    def take(self) -> tuple[str, int]:
        """What was printed since the last call, as text that can be sent, and how much was cut."""
        if not self._size:
            return "", 0
        text = "".join(self._pieces).encode("utf-8", "replace").decode()
        cut, self._cut = self._cut, 0
        self._pieces.clear()
        return text, cut

    def reset(self) -> None:
        self._pieces.clear()
        self._size = self._cut = 0
        self.overflow = False


class _Bytes(io.RawIOBase):
    """`sys.stdout.buffer`: bytes are printed as the text that they are."""

    def __init__(self, text: Printed) -> None:
        self._text = text

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raw = bytes(data)
        self._text.write(raw.decode("utf-8", "replace"))
        return len(raw)

    def writelines(self, lines: Iterable[Any]) -> None:
        for line in lines:
            self.write(line)
