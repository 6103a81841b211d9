"""Lists, zip and sum; the power by repeated squaring."""

import numpy as np


def entry(A, B, i, j):
    row, column = A[i].tolist(), [r[j] for r in B.tolist()]
    if len(row) != len(column):
        raise ValueError("a row and a column of one length are needed")
    total = 0.0
    for a, b in zip(row, column, strict=True):
        total += a * b
    return total


def matmul(A, B):
    if len(A[0]) != len(B):
        raise ValueError("inner sizes")
    columns = list(zip(*B.tolist(), strict=True))
    dots = [[sum(a * b for a, b in zip(r, c, strict=True)) for c in columns] for r in A.tolist()]
    return np.array(dots, dtype=float)


def power(A, k):
    if k == 0:
        return np.identity(len(A))
    half = power(A, k // 2)
    whole = matmul(half, half)
    return matmul(whole, A) if k % 2 else whole


def matmul_torch(A, B):
    import torch

    if A.size(1) != B.size(0):
        raise ValueError("inner sizes")
    rows = []
    for i in range(A.size(0)):
        rows.append(
            torch.stack([sum(A[i, k] * B[k, j] for k in range(len(B))) for j in range(B.size(1))])
        )
    return torch.stack(rows)
