"""The famous answer: unit vectors, clip, arccos; nothing about zero."""

import numpy as np


def angle(a, b):
    a_u = a / np.linalg.norm(a)
    b_u = b / np.linalg.norm(b)
    return float(np.arccos(np.clip(np.dot(a_u, b_u), -1.0, 1.0)))
