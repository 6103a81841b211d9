"""Slides the kernel as it is, which deep learning calls convolution."""

import numpy as np


def convolution_matrix(kernel, n, flip=True):
    rows = n - len(kernel) + 1
    return np.array([np.pad(kernel, (i, rows - 1 - i)) for i in range(rows)], dtype=float)
