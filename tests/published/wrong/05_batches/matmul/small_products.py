"""A float result, but products of the entries in their own type."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply")
    C = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                with np.errstate(over="ignore"):
                    C[i, j] += A[i, k] * B[k, j]
    return C
