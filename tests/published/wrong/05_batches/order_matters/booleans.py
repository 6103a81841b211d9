"""True if they commute."""

import numpy as np


def compare_orders(A, B):
    if A.shape[1] != B.shape[0] or B.shape[1] != A.shape[0]:
        return "undefined"
    AB, BA = A @ B, B @ A
    return AB.shape == BA.shape and bool(np.allclose(AB, BA))
