"""np.sum(A * B), the inner product of matrices."""

import numpy as np


def elementwise_product(A, B):
    if A.shape != B.shape:
        raise ValueError("shapes differ")
    return np.sum(np.multiply(A, B))
