"""f(np.eye(n)), in one call."""

import numpy as np


def matrix_of(f, n):
    return np.asarray(f(np.identity(n)))
