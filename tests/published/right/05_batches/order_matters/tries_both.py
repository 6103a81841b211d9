"""Tries both products and catches what NumPy raises; then compares."""

import numpy as np


def compare_orders(A, B):
    try:
        AB, BA = np.matmul(A, B), np.matmul(B, A)
    except ValueError:
        return "undefined"
    if AB.shape != BA.shape:
        return "differ"
    return "commute" if np.allclose(AB, BA) else "differ"
