"""What the submission prints: kept up to a bound."""

from __future__ import annotations

import io

__all__ = ["Printed"]


class Printed(io.TextIOBase):
    """What the submission prints: kept up to a bound, then stopped."""

    class Overflow(BaseException):
        """More was printed than the limit allows."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        self._size = 0
        self.overflow = False

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        room = self._limit - self._size
        self._pieces.append(text[:room])
        self._size += len(text)
        if self._size > self._limit:
            self.overflow = True
            raise self.Overflow
        return len(text)

    def take(self) -> str:
        """What was printed since the last call, as text that can be sent."""
        text = "".join(self._pieces).encode("utf-8", "replace").decode()
        self._pieces.clear()
        return text

    def reset(self) -> None:
        self._pieces.clear()
        self._size = 0
        self.overflow = False
