"""np.dot(X, W), for weights of shape (in, out)."""

import numpy as np


def layer_trace(X, W, b):
    product = np.dot(X, W)
    Z = product + b
    return {"product": product, "Z": Z, "A": np.maximum(0, Z)}
