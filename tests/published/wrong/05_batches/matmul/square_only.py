"""n = len(A) for all three loops; contest code for square matrices."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply")
    n = len(A)
    C = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            for k in range(n):
                C[i, j] += float(A[i, k]) * float(B[k, j])
    return C
