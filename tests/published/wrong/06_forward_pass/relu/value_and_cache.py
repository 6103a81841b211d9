"""Returns (A, cache), as a well-known course's helper does."""

import numpy as np


def relu(z):
    A = np.maximum(0, z)
    cache = z
    return A, cache
