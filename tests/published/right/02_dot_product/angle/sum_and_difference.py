"""Twice the arctangent of difference over sum of the unit vectors; numerical notes."""

import numpy as np


def angle(a, b):
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    if la == 0 or lb == 0:
        raise ValueError("a zero vector has no direction")
    u, v = a / la, b / lb
    return float(2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v)))
