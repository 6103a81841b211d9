"""Adds sum(b) to every neuron; a collapse of two layers done in one line."""

import numpy as np


def affine(W, x, b):
    if b.shape != (W.shape[0],):
        raise ValueError("one bias for each neuron")
    return np.dot(W, x) + sum(b)
