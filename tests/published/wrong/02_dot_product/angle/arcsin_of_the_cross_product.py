"""arcsin of the cross product's length: right below a right angle, folded above it."""

import numpy as np


def angle(a, b):
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    if la == 0 or lb == 0:
        raise ValueError("zero vector")
    area = np.sqrt(max((la * lb) ** 2 - np.dot(a, b) ** 2, 0.0))
    return float(np.arcsin(min(area / (la * lb), 1.0)))
