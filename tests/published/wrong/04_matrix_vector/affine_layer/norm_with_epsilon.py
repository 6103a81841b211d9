"""Divides by the norm plus 1e-8 and never raises; a margin computation."""

import numpy as np


def boundary(w, b):
    return float(-b / (np.linalg.norm(w) + 1e-8))
