"""[[0] * n] * n, and every row is the same row."""

import numpy as np


def identity(n):
    rows = [[0.0] * n] * n
    for i in range(n):
        rows[i][i] = 1.0
    return np.array(rows)
