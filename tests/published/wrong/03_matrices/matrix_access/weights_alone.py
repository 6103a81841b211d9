"""np.prod of every shape, biases forgotten; a parameter counter."""

import numpy as np


def count_parameters(weights):
    return int(sum(np.prod(W.shape) for W in weights))
