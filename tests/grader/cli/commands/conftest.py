"""Commands grade a course that needs no PyTorch."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def light(without_torch: None) -> None:
    """Bases start without it, in a fraction of the time."""
