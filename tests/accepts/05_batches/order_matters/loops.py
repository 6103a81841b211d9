"""The product from loops; a batch transposed one by one; the costs counted product by product."""

import numpy as np


def _product(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes")
    C = np.zeros((A.shape[0], B.shape[1]))
    for i in range(C.shape[0]):
        for j in range(C.shape[1]):
            for k in range(A.shape[1]):
                C[i, j] += A[i, k] * B[k, j]
    return C


def compare_orders(A, B):
    if not (A.shape[1] == B.shape[0] and B.shape[1] == A.shape[0]):
        return "undefined"
    if A.shape[0] != B.shape[0]:
        return "differ"
    n = len(A)
    AB, BA = _product(A, B), _product(B, A)
    for i in range(n):
        for j in range(n):
            if not np.isclose(AB[i, j], BA[i, j]):
                return "differ"
    return "commute"


def transposed_product(At, Bt):
    return _product(Bt, At)


def transposed_product_torch(At, Bt):
    import torch

    if At.dim() == 2:
        return Bt.mm(At)
    return torch.stack([b.mm(a) for a, b in zip(At, Bt, strict=True)])


def costs(m, n, p, q):
    def one(rows, inner, columns):
        return sum(inner for _ in range(rows) for _ in range(columns))

    return one(m, n, p) + one(m, p, q), one(n, p, q) + one(m, n, q)


def multiply_three(A, B, C):
    left, right = costs(A.shape[0], A.shape[1], B.shape[1], C.shape[1])
    if right > left:
        return _product(_product(A, B), C)
    return _product(A, _product(B, C))
