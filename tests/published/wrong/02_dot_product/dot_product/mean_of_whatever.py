"""np.mean(np.square(...)) without a look at shapes; issue threads about (n,) and (n, 1)."""

import numpy as np


def mean_squared_error(prediction, target):
    return float(np.mean(np.square(np.subtract(prediction, target))))
