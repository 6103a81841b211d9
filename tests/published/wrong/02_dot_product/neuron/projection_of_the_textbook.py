"""The formula with nothing about w = 0; lecture notes."""

import numpy as np


def projection(x, w):
    return (np.dot(x, w) / np.dot(w, w)) * w
