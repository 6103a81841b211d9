"""dot == 0 for a right angle; a lesson's first code."""

import numpy as np


def relation(a, b, tolerance=1e-6):
    if not np.any(a) or not np.any(b):
        raise ValueError("zero vector")
    dot = np.dot(a, b)
    if dot == 0:
        return "perpendicular"
    return "similar" if dot > 0 else "opposite"
