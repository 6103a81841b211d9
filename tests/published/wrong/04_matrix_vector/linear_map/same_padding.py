"""n places for n entries, the kernel centred: the mode called 'same'."""

import numpy as np


def convolution_matrix(kernel, n, flip=True):
    h = kernel[::-1] if flip else kernel
    k = len(h)
    left = (k - 1) // 2
    T = np.zeros((n, n + k - 1))
    for i in range(n):
        T[i, i : i + k] = h
    return T[:, left : left + n]
