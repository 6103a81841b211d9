"""Answers 0 where a vector has no direction; a robotics helper."""

import numpy as np


def angle(a, b):
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    if lengths == 0:
        return 0.0
    return float(np.arccos(np.clip(np.dot(a, b) / lengths, -1.0, 1.0)))
