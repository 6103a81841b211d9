"""np.isclose(det, 0), a fixed tolerance."""

import numpy as np


def image(A):
    if not A.any():
        return "point"
    return "line" if np.isclose(np.linalg.det(A), 0) else "plane"
