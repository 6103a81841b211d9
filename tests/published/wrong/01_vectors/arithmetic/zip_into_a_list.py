"""Adds pairs with zip and returns the list; data science from scratch."""

import numpy as np


def add(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("vectors must have one shape")
    return [float(x) + float(y) for x, y in zip(a, b)]
