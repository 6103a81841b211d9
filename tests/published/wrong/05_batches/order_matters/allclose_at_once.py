"""np.allclose of both products, which stretches one to the other if it can."""

import numpy as np


def compare_orders(A, B):
    if A.shape[1] != B.shape[0] or B.shape[1] != A.shape[0]:
        return "undefined"
    try:
        same = np.allclose(A @ B, B @ A)
    except ValueError:
        same = False
    return "commute" if same else "differ"
