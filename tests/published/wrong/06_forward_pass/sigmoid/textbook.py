"""1 / (1 + exp(-z)) and no more."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))
