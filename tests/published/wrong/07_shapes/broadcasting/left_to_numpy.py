"""X + values, hoping for the axis."""

import numpy as np


def add_along(X, values, axis):
    if len(values.shape) != 1 or values.shape[0] != X.shape[axis]:
        raise ValueError("one value for each place")
    return np.add(X, values)
