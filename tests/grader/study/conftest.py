"""A tiny course, and the command run in this process."""

from __future__ import annotations

from support.commands import course_dir, grade

__all__ = ["course_dir", "grade"]
