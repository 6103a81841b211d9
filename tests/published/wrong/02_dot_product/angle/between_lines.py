"""The smaller of the angle and its rest to pi: the angle between two axes."""

import numpy as np


def angle(a, b):
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    if la == 0 or lb == 0:
        raise ValueError("zero vector")
    theta = np.arccos(np.clip(np.dot(a / la, b / lb), -1.0, 1.0))
    return float(min(theta, np.pi - theta))
