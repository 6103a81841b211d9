"""np.maximum(..., out=Z), which saves memory and loses the trace."""

import numpy as np


def layer_trace(X, W, b):
    Z = np.dot(X, W.T).astype(float)
    product = Z
    np.add(Z, b, out=Z)
    A = np.maximum(Z, 0.0, out=Z)
    return {"product": product, "Z": Z, "A": A}
