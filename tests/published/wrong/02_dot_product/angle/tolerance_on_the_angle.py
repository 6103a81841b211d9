"""Compares the angle with pi/2, in radians, within the tolerance."""

import numpy as np


def relation(a, b, tolerance=1e-6):
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    if la == 0 or lb == 0:
        raise ValueError("zero vector")
    theta = np.arccos(np.clip(np.dot(a / la, b / lb), -1.0, 1.0))
    if abs(theta - np.pi / 2) <= tolerance:
        return "perpendicular"
    return "similar" if theta < np.pi / 2 else "opposite"
