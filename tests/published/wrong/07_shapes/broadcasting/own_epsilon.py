"""1e-6 written into the function, the argument unused."""

import numpy as np


def layer_norm(X, eps=1e-5):
    mu = np.mean(X, axis=-1, keepdims=True)
    var = np.var(X, axis=-1, keepdims=True)
    return (X - mu) / np.sqrt(var + 1e-6)
