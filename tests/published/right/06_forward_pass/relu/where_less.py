"""np.where with the test turned round, so that nan stays."""

import numpy as np


def relu(z):
    return np.where(z < 0, np.zeros_like(z), z)

def relu_gradient(z):
    return np.where(z > 0, 1.0, 0.0)
