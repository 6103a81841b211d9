"""((y_pred - y) ** 2).mean() with (n, 1) and (n,); issue threads and lost weekends."""

import numpy as np


def regression_loss(prediction, target):
    errors = np.subtract(prediction, target)
    return float((errors * errors).mean())
