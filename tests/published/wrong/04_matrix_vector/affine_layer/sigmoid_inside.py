"""A layer that returns sigmoid(Wx + b); a first network."""

import numpy as np


def affine(W, x, b):
    if b.shape != (W.shape[0],):
        raise ValueError("one bias for each neuron")
    z = W @ x + b
    return 1 / (1 + np.exp(-z))
