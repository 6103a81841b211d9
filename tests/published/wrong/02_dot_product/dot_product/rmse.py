"""The root mean squared error; a competition's metric."""

import numpy as np


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return float(np.sqrt(((prediction - target) ** 2).mean()))
