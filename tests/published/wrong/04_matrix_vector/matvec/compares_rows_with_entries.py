"""len(a) against len(b): the rows of the matrix, not its columns; an interview book."""

import numpy as np


def matvec_rows(W, x):
    if len(W) != len(x):
        raise ValueError("sizes do not match")
    return np.array([float(sum(w * v for w, v in zip(row, x))) for row in W])
