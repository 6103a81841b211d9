"""A is the ReLU of the product."""

import numpy as np


def layer_trace(X, W, b):
    product = X @ W.T
    Z = product + b
    return {"product": product, "Z": Z, "A": np.maximum(product, 0)}
