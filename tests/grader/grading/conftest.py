"""Graders that talk to the test."""

from __future__ import annotations

from support.talking import course, talking

__all__ = ["course", "talking"]
