"""Two loops over rows and columns; made for matrices."""

import numpy as np


def elementwise_product(A, B):
    if A.shape != B.shape:
        raise ValueError("shapes differ")
    C = np.zeros(A.shape)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            C[i, j] = A[i, j] * B[i, j]
    return C
