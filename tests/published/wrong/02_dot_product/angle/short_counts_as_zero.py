"""Refuses every vector shorter than 1e-8 as if it were zero; a CAD script."""

import numpy as np


def angle(a, b):
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    if la < 1e-8 or lb < 1e-8:
        raise ValueError("zero vector")
    return float(np.arccos(np.clip(np.dot(a / la, b / lb), -1.0, 1.0)))
