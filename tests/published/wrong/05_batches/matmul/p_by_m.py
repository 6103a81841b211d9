"""Allocates the result as (columns of B, rows of A) and fills it so."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply")
    m, n = A.shape
    p = B.shape[1]
    C = np.zeros((p, m))
    for i in range(m):
        for j in range(p):
            for k in range(n):
                C[j, i] += float(A[i, k]) * float(B[k, j])
    return C
