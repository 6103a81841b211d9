"""np.zeros((n, 1)) for a bias, the shape of a well-known online course."""

import numpy as np


def zero_layer(outputs, inputs):
    return np.zeros((outputs, inputs)), np.zeros((outputs, 1))
