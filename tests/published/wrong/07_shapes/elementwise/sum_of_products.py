"""np.sum(A * B)."""

import numpy as np


def elementwise_product(A, B):
    if A.shape != B.shape:
        raise ValueError("shapes")
    return float(np.sum(A * B))
