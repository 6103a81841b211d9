"""A tiny course on disk."""

from __future__ import annotations

from support.tiny import good, make_course, write_course

__all__ = ["good", "make_course", "write_course"]
