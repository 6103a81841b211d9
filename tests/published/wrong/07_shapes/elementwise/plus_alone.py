"""np.add and whatever it makes of the shapes."""

import numpy as np


def elementwise_sum(A, B):
    return np.add(A, B)
