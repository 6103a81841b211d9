"""Prints a message and returns None; a programming course."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        print("matrices cannot be multiplied")
        return None
    return np.array([[float((r * c).sum()) for c in B.T.astype(float)] for r in A.astype(float)])
