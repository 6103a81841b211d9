"""Min-max scaling, the other normalization."""

import numpy as np


def unit_vector(v):
    v = v.astype(float)
    low, high = v.min(), v.max()
    if high == low:
        return np.zeros(v.shape)
    return (v - low) / (high - low)
