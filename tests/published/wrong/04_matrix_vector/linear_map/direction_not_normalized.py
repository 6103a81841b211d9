"""The formula for a unit vector, used with any vector."""

import numpy as np


def stretch(direction, factor):
    d = direction.reshape(2, 1)
    return np.eye(2) + (factor - 1) * (d @ d.T)
