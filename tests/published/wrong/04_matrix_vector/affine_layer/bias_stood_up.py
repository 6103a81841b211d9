"""W @ x + b with b as a column, as for samples in columns."""

import numpy as np


def affine(W, x, b):
    if b.shape != (W.shape[0],):
        raise ValueError("one bias for each neuron")
    return np.dot(W, x) + b[:, np.newaxis]
