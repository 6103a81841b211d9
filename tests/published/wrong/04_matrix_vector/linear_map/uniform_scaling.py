"""A scaling matrix with the factor twice on the diagonal."""

import numpy as np


def stretch(direction, factor):
    return np.array([[factor, 0.0], [0.0, factor]], dtype=float)
