"""Where things are in this repository; nothing may be written to any of them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: A course that has nothing in common with this repository's own.
WORKSHOP = ROOT / "tests" / "courses" / "workshop"
#: Submissions of every kind, and the course that they are for.
SUBMISSIONS = ROOT / "tests" / "submissions"
