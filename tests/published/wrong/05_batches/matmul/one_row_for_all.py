"""[[0.0] * p] * m as the result, one row under m names."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply")
    C = [[0.0] * B.shape[1]] * A.shape[0]
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            C[i][j] = float(sum(float(A[i, k]) * float(B[k, j]) for k in range(B.shape[0])))
    return np.array(C)
