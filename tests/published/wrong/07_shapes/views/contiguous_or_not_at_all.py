"""Raises for every array that is not contiguous."""

import numpy as np


def reshaped_view(a, shape):
    if not a.flags["C_CONTIGUOUS"]:
        raise ValueError("array is not contiguous")
    return np.reshape(a, shape)
