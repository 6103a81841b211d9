"""np.clip(z, -500, 500) before the formula; everywhere."""

import numpy as np


def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1.0 / (1.0 + np.exp(-z))
