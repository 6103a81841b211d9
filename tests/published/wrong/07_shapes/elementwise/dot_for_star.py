"""np.dot, taken for the entrywise product."""

import numpy as np


def elementwise_product(A, B):
    if A.shape != B.shape:
        raise ValueError("shapes differ")
    return np.dot(A, B)
