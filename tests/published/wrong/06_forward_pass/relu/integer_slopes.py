"""np.where(z > 0, 1, 0): whole numbers."""

import numpy as np


def relu_gradient(z):
    return np.where(z > 0, 1, 0)
