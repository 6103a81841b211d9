"""function(after) > function(before): falling outputs go unseen."""

import numpy as np


def changed_outputs(function, X, place, step=1.0):
    moved = X.astype(float)
    moved[place] += step
    return np.asarray(function(moved) > function(X.astype(float)))
