"""Converts the difference of two images, after it has wrapped round."""

import numpy as np


def error(prediction, target):
    difference = prediction - target
    return difference.astype(np.float64)
