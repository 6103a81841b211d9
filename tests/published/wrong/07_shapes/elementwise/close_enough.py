"""~np.isclose, a gradient check's comparison."""

import numpy as np


def changed_outputs(function, X, place, step=1.0):
    moved = X.astype(float)
    moved[place] += step
    same = np.isclose(function(X.astype(float)), function(moved), rtol=1e-5, atol=1e-8)
    return np.logical_not(same)
