"""Errors caught instead of sizes compared; NumPy's own choice of the grouping."""

import numpy as np


def compare_orders(A, B):
    try:
        AB, BA = np.matmul(A, B), np.matmul(B, A)
    except ValueError:
        return "undefined"
    if AB.shape != BA.shape:
        return "differ"
    return "commute" if np.abs(AB - BA).max() < 1e-8 else "differ"


def transposed_product(At, Bt):
    return np.dot(At.T, Bt.T).T


def transposed_product_torch(At, Bt):
    import torch

    return torch.matmul(At.mT, Bt.mT).mT


def costs(m, n, p, q):
    return (m * p * (n + q), n * q * (m + p))


def multiply_three(A, B, C):
    return np.linalg.multi_dot([A, B, C])
