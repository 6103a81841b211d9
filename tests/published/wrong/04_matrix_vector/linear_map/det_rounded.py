"""det != 0 decides about the plane."""

import numpy as np


def image(A):
    if np.linalg.det(A) != 0:
        return "plane"
    return "line" if A.any() else "point"
