"""RMSE for MSE."""

import numpy as np


def regression_loss(prediction, target):
    if prediction.ndim == 2 and prediction.shape[1] == 1:
        prediction = prediction[:, 0]
    if target.ndim == 2 and target.shape[1] == 1:
        target = target[:, 0]
    if prediction.shape != target.shape:
        raise ValueError("shapes")
    return float(np.sqrt(np.mean((prediction - target) ** 2.0)))
