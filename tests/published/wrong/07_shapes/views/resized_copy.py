"""np.resize, which always gives a copy and always fits."""

import numpy as np


def reshaped_copy(a, shape):
    return np.resize(a, shape)
