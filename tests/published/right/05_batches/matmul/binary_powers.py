"""Squares and multiplies by the bits of the exponent; contest code."""

import numpy as np


def times(A, B):
    return (A.astype(float)[:, :, None] * B).sum(axis=1)

def power(A, k):
    result, base = np.identity(A.shape[0]), A.astype(float)
    while k > 0:
        if k % 2 == 1:
            result = times(result, base)
        base = times(base, base) if k > 1 else base
        k //= 2
    return result
