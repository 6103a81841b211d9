"""Two loops into a buffer of the swapped shape and the same dtype."""

import numpy as np


def transposed_copy(W):
    T = np.empty(W.shape[::-1], dtype=W.dtype)
    for i, row in enumerate(W):
        for j, x in enumerate(row):
            T[j, i] = x
    return T
