"""atan2 of each, then the difference; code for points in the plane."""

import math

import numpy as np


def angle(a, b):
    if not np.any(a) or not np.any(b):
        raise ValueError("zero vector")
    return float(math.atan2(b[1], b[0]) - math.atan2(a[1], a[0]))
