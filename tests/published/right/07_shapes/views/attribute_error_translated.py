"""np.may_share_memory is not asked: copy=False says it, and flatten copies."""

import numpy as np


def reshaped_view(a, shape):
    return np.reshape(a, shape, copy=False)

def reshaped_copy(a, shape):
    return a.flatten().reshape(shape)
