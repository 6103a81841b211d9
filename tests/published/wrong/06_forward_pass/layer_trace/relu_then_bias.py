"""relu(X W^T) + b."""

import numpy as np


def layer_trace(X, W, b):
    product = X @ W.T
    return {"product": product, "Z": product + b, "A": np.maximum(product, 0.0) + b}
