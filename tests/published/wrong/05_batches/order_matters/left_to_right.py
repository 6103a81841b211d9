"""np.dot(np.dot(A, B), C), as always."""

import numpy as np


def multiply_three(A, B, C):
    return np.dot(np.dot(A, B), C)
