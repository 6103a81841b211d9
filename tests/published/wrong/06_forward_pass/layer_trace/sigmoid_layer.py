"""The sigmoid, from a logistic regression."""

import numpy as np


def layer_trace(X, W, b):
    product = X @ W.T
    Z = product + b
    return {"product": product, "Z": Z, "A": 1.0 / (1.0 + np.exp(-Z))}
