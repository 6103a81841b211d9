"""A sum of outer products: column k of A times row k of B, for every k."""

import numpy as np


def entry(A, B, i, j):
    return matmul(A, B)[i, j]


def matmul(A, B):
    (m, n), (other, p) = A.shape, B.shape
    if n != other:
        raise ValueError(f"{n} columns do not meet {other} rows")
    A, B = A.astype(np.float64), B.astype(np.float64)
    return sum((np.outer(A[:, k], B[k]) for k in range(n)), np.zeros((m, p)))


def power(A, k):
    product = np.eye(A.shape[0], dtype=A.dtype) * 1.0
    while k:
        product, k = matmul(A, product), k - 1
    return product


def matmul_torch(A, B):
    import torch

    if A.shape[-1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    C = torch.zeros(A.shape[0], B.shape[1], dtype=A.dtype)
    for k in range(A.shape[-1]):
        C = C + torch.outer(A[:, k], B[k])
    return C
