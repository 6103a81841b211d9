"""The Toeplitz matrix of the full convolution; a signal processing lab."""

import numpy as np


def convolution_matrix(kernel, n, flip=True):
    h = kernel if flip else kernel[::-1]
    T = np.zeros((n + len(h) - 1, n))
    for i in range(T.shape[0]):
        for j in range(n):
            if 0 <= i - j < len(h):
                T[i, j] = h[i - j]
    return T
