"""return product, Z, A."""

import numpy as np


def layer_trace(X, W, b):
    product = X @ W.T
    Z = product + b
    A = np.where(Z > 0, Z, 0.0)
    return product, Z, A
