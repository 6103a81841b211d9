"""Flattens both and asks nothing."""

import numpy as np


def regression_loss(prediction, target):
    p, t = prediction.flatten(), target.flatten()
    return float(np.mean((p - t) ** 2))
