"""Degrees at the end, for people; a chemistry package."""

import numpy as np


def angle(a, b):
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    if la == 0 or lb == 0:
        raise ValueError("zero vector")
    return float(np.degrees(np.arccos(np.clip(np.dot(a / la, b / lb), -1.0, 1.0))))
