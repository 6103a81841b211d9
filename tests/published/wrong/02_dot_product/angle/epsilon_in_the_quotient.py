"""1e-8 added below the line, 'for stability'; a pose estimation repository."""

import numpy as np


def angle(a, b):
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    if lengths == 0:
        raise ValueError("zero vector")
    cosine = np.dot(a, b) / (lengths + 1e-8)
    return float(np.arccos(np.clip(cosine, -1.0, 1.0)))
