"""A row of the transpose is a window on the column; np.take copies a row."""

import numpy as np


def input_weights(W, j):
    return W.T[j]

def neuron_weights(W, i):
    return np.take(W, i, axis=0)
