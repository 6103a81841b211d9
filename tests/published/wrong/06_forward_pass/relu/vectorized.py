"""np.vectorize told that the answers are whole numbers, as 0 is."""

import numpy as np


def relu(z):
    return np.vectorize(lambda x: x if x > 0 else 0, otypes=[int])(z)
