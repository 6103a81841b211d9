"""What a submission got hold of

It says so itself: a sentence for each thing that it reached and should not have.

Hints
-----
1. Nothing.

Why it works
------------
CANARY-solution-e0417a
"""

from __future__ import annotations


def reached() -> list[str]:
    """Nothing.

    Examples:
        >>> reached()
        []
    """
    return []
