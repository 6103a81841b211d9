"""np.reshape, thought to copy."""

import numpy as np


def reshaped_copy(a, shape):
    b = np.reshape(a, shape)
    return b
