"""Says that it does not fit and returns nothing."""

import numpy as np


def matmul(A, B):
    if len(A[0]) != len(B):
        print("Cannot multiply: wrong dimensions")
        return
    C = np.zeros((len(A), len(B[0])))
    for i in range(len(A)):
        for j in range(len(B[0])):
            for k in range(len(B)):
                C[i, j] += float(A[i, k]) * float(B[k, j])
    return C
