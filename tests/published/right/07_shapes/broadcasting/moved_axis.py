"""Moves the axis to the end, adds, and moves it back."""

import numpy as np


def add_along(X, values, axis):
    if values.ndim != 1 or len(values) != X.shape[axis]:
        raise ValueError("one value for each place")
    return np.moveaxis(np.moveaxis(X, axis, -1) + values, -1, axis)
