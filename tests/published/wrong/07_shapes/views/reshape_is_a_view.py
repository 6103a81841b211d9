"""np.reshape, of which 'returns a view' was remembered."""

import numpy as np


def reshaped_view(a, shape):
    return np.reshape(a, shape)
