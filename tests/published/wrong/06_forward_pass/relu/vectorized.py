"""np.vectorize, whose first answer, a whole 0, settles the dtype."""

import numpy as np


def relu(z):
    return np.vectorize(lambda x: x if x > 0 else 0, otypes=[int])(z)
