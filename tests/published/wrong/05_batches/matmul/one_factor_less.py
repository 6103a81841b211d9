"""range(k - 1) from I."""

import numpy as np


def power(A, k):
    P = np.eye(len(A))
    for _ in range(k - 1):
        P = np.array([[sum(float(P[i, m]) * float(A[m, j]) for m in range(len(A))) for j in range(len(A))] for i in range(len(A))])
    return P
