"""Named axes, and a table of the costs."""

import numpy as np


def compare_orders(A, B):
    (m, n), (r, s) = A.shape, B.shape
    if n != r or s != m:
        return "undefined"
    if m != n:
        return "differ"
    AB, BA = np.einsum("ik,kj->ij", A, B), np.einsum("ik,kj->ij", B, A)
    return {True: "commute", False: "differ"}[bool(np.isclose(AB, BA).all())]


def transposed_product(At, Bt):
    return np.einsum("ki,jk->ji", At, Bt)


def transposed_product_torch(At, Bt):
    import torch

    return torch.einsum("...ki,...jk->...ji", At, Bt)


def costs(m, n, p, q):
    one_product = {"AB": m * n * p, "BC": n * p * q, "(AB)C": m * p * q, "A(BC)": m * n * q}
    return one_product["AB"] + one_product["(AB)C"], one_product["A(BC)"] + one_product["BC"]


def multiply_three(A, B, C):
    left, right = costs(A.shape[0], A.shape[1], C.shape[0], C.shape[1])
    if left <= right:
        return np.einsum("ik,kj->ij", np.einsum("ik,kj->ij", A, B), C)
    return np.einsum("ik,kj->ij", A, np.einsum("ik,kj->ij", B, C))
