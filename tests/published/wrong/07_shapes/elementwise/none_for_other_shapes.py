"""None where the matrices differ in size; a set of beginner's tasks."""

import numpy as np


def elementwise_sum(A, B):
    if A.shape != B.shape:
        return None
    return np.array(A) + np.array(B)
