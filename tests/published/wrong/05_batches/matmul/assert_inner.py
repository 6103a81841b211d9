"""assert on the inner sizes; autograd engines written for learning."""

import numpy as np


def matmul(A, B):
    assert A.shape[1] == B.shape[0], "columns of A must equal rows of B"
    C = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                C[i, j] += float(A[i, k]) * float(B[k, j])
    return C
