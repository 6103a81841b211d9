"""The shear along the other axis; an image transformation."""

import numpy as np


def shear(k):
    M = np.eye(2)
    M[1, 0] = k
    return M
