"""The loops of A B with the two names swapped."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes")
    C = np.zeros((B.shape[0], A.shape[1]))
    for i in range(B.shape[0]):
        for j in range(A.shape[1]):
            C[i, j] = sum(float(B[i, k]) * float(A[k, j]) for k in range(B.shape[1]))
    return C
