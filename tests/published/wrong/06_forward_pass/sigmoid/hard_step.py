"""1 where z > 0."""

import numpy as np


def sigmoid(z):
    return np.where(z > 0, 1.0, 0.0)
