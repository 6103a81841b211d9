"""All products at once, by broadcasting, and one sum."""

import numpy as np


def _check(A, B):
    if A.shape[-1] != B.shape[-2]:
        raise ValueError("inner sizes differ")


def entry(A, B, i, j):
    _check(A, B)
    return np.multiply(A[i], B.T[j], dtype=float).sum()


def matmul(A, B):
    _check(A, B)
    return np.sum(A[:, None, :].astype(float) * B.T[None].astype(float), axis=-1)


def power(A, k):
    from functools import reduce

    return reduce(matmul, [A] * k, np.eye(len(A)))


def matmul_torch(A, B):
    _check(A, B)
    return (A.unsqueeze(1) * B.mT.unsqueeze(0)).sum(dim=-1)
