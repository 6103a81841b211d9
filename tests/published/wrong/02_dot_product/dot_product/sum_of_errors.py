"""SSE."""

import numpy as np


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    e = prediction.astype(float) - target.astype(float)
    return float((e * e).sum())
