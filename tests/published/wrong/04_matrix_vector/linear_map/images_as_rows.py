"""np.array of the images of the basis, one in each row."""

import numpy as np


def matrix_of(f, n):
    basis = np.identity(n)
    return np.array([f(basis[j]) for j in range(n)], dtype=float)
