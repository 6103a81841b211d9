""".base is a, the test of an old answer."""

import numpy as np


def reshaped_view(a, shape):
    new = np.reshape(a, shape)
    if new.base is a or new is a:
        return new
    raise ValueError("that would be a copy")
