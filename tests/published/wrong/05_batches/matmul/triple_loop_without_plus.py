"""= for += in the inner loop."""

import torch


def matmul_torch(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes")
    C = torch.zeros(A.shape[0], B.shape[1], dtype=A.dtype)
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                C[i, j] = A[i, k] * B[k, j]
    return C
