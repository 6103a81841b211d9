"""np.array_equal of the two products."""

import numpy as np


def compare_orders(A, B):
    if A.shape[1] != B.shape[0] or B.shape[1] != A.shape[0]:
        return "undefined"
    AB, BA = A @ B, B @ A
    return "commute" if np.array_equal(AB, BA) else "differ"
