"""Builds a pair of rows and forgets the axis of the sum."""

import numpy as np


def add(a, b):
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return np.array([a, b], dtype=float).sum()
