"""The ReLU again."""

import numpy as np


def relu_gradient(z):
    return np.maximum(z, 0.0)
