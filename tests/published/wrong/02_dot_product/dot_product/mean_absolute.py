"""The mean absolute error under another name; a metrics module."""

import numpy as np


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return float(np.mean(np.abs(prediction - target)))
