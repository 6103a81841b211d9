"""Columns filled one by one from the images of the basis vectors."""

import numpy as np


def matrix_of(f, n):
    columns = []
    for j in range(n):
        e = np.zeros(n)
        e[j] = 1.0
        columns.append(np.asarray(f(e), dtype=float))
    return np.array(columns).T
