"""Adds sum(b) everywhere."""

import numpy as np


def layer_trace(X, W, b):
    product = X @ W.T
    Z = product + b.sum()
    return {"product": product, "Z": Z, "A": np.maximum(Z, 0.0)}
