"""W1 @ W2, read from left to right."""

import numpy as np


def collapse(first, second):
    W1, b1 = first
    W2, b2 = second
    W = np.dot(W1, W2)
    return W, np.dot(W2, b1) + b2
