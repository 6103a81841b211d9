"""np.mean(np.abs(...)), the L1 loss."""

import numpy as np


def regression_loss(prediction, target):
    for array in (prediction, target):
        if array.shape not in ((array.size,), (array.size, 1)):
            raise ValueError("a vector or a column")
    if prediction.size != target.size:
        raise ValueError("not as many")
    return float(np.mean(np.abs(prediction.ravel() - target.ravel())))
