"""np.zeros(..., dtype=A.dtype) for the result; a GPU tutorial's CPU version."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply")
    C = np.zeros((A.shape[0], B.shape[1]), dtype=A.dtype)
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            total = 0.0
            for k in range(A.shape[1]):
                total += float(A[i, k]) * float(B[k, j])
            C[i, j] = np.float64(total).astype(A.dtype)
    return C
