"""Asks for square matrices of one size first; a group theory script."""

import numpy as np


def compare_orders(A, B):
    if A.shape[0] != A.shape[1] or A.shape != B.shape:
        return "undefined"
    return "commute" if np.allclose(np.dot(A, B), np.dot(B, A)) else "differ"
