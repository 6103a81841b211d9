"""np.tanh under the name of sigmoid; a tutorial's shortcut."""

import numpy as np


def sigmoid(z):
    return np.tanh(z)
