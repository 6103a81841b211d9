"""A * B against B * A."""

import numpy as np


def compare_orders(A, B):
    if A.shape[1] != B.shape[0] or B.shape[1] != A.shape[0]:
        return "undefined"
    return "commute" if np.array_equal(A * B, B * A) else "differ"
