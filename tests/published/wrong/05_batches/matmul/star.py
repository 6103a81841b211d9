"""A * B between arrays; a question about * and @."""

import numpy as np


def matmul(A, B):
    return np.multiply(A, B)
