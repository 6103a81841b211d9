"""1e-8 below the line so that nothing is divided by zero; an orthogonalization."""

import numpy as np


def projection(x, w):
    return (np.dot(x, w) / (np.dot(w, w) + 1e-8)) * w
