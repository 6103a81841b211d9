"""The comparison the wrong way round."""

import numpy as np


def multiply_three(A, B, C):
    m, n = A.shape
    p, q = C.shape
    if m * n * p + m * p * q > n * p * q + m * n * q:
        return np.matmul(np.matmul(A, B), C)
    return np.matmul(A, np.matmul(B, C))
