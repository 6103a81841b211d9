"""result = result times result in each round."""

import numpy as np


def times(A, B):
    return (A.astype(float)[:, :, None] * B).sum(axis=1)

def power(A, k):
    if k == 0:
        return np.eye(A.shape[0])
    result = A.astype(float)
    for _ in range(1, k):
        result = times(result, result)
    return result
