"""np.array of nested lists of 0 and 1, which are integers."""

import numpy as np


def identity(n):
    return np.array([[1 if i == j else 0 for j in range(n)] for i in range(n)])
