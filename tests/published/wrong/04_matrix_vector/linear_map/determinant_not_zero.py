"""np.linalg.det(A) == 0; a linear algebra helper."""

import numpy as np


def image(A):
    if not A.any():
        return "point"
    return "line" if np.linalg.det(A) == 0 else "plane"
