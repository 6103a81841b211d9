"""Z = product; Z += b: both names hold the sum."""

import numpy as np


def layer_trace(X, W, b):
    product = np.dot(X, W.T)
    Z = product
    Z += b
    return {"product": product, "Z": Z, "A": np.maximum(Z, 0.0)}
