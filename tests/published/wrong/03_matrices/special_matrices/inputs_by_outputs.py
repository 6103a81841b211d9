"""(n_in, n_out), for layers that compute x @ W."""

import numpy as np


def zero_layer(outputs, inputs):
    W = np.zeros(shape=(inputs, outputs))
    b = np.zeros(shape=outputs)
    return W, b
