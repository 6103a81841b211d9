"""Fills a float array index by index; from-scratch code."""

import numpy as np


def add(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("vectors must have the same length")
    total = np.zeros(len(a))
    for i in range(len(a)):
        total[i] = float(a[i]) + float(b[i])
    return total
