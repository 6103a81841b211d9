"""Small random weights with a bias of zeros, from habit."""

import numpy as np


def zero_layer(outputs, inputs):
    rng = np.random.default_rng(1)
    return rng.standard_normal((outputs, inputs)) * 0.01, np.zeros(outputs)
