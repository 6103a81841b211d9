"""zip without a check, which drops what is left over; a data science notebook."""

import numpy as np


def add(a, b):
    return np.array([float(x + y) for x, y in zip(a, b)])
