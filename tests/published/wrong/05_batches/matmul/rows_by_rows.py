"""B[j][k], made for a transposed second matrix; a benchmark."""

import numpy as np


def matmul(A, B):
    C = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            total = 0.0
            for k in range(A.shape[1]):
                total += float(A[i][k]) * float(B[j][k])
            C[i][j] = total
    return C
