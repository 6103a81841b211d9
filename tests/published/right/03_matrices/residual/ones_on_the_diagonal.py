"""Adds one at the diagonal's indices of a float copy; a ridge regression's trick."""

import numpy as np


def residual_matrix(W):
    if W.shape[0] != W.shape[1]:
        raise ValueError("a square matrix is needed")
    M = np.array(W, dtype=float)
    M[np.diag_indices(len(M))] += 1.0
    return M
