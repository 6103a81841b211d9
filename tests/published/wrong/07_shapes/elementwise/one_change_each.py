"""Counts the outputs that moved and is content with one."""

import numpy as np


def is_local(function, X):
    X = X.astype(float)
    for place in np.ndindex(*X.shape):
        moved = X.copy()
        moved[place] += 1.0
        before, after = function(X.copy()), function(moved)
        if before.shape != X.shape or np.count_nonzero(before != after) > 1:
            return False
    return True
