"""One outer product for each inner index, added up."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply")
    C = np.zeros((A.shape[0], B.shape[1]), dtype=np.float64)
    for column, row in zip(A.T.astype(np.float64), B.astype(np.float64)):
        C += np.outer(column, row)
    return C
