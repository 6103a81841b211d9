"""A judge inside this process, for a small course."""

from __future__ import annotations

from support.judging import course_dir, judge_of, solution, thread_launcher
from support.tiny import make_course, write_course

__all__ = ["course_dir", "judge_of", "make_course", "solution", "thread_launcher", "write_course"]
