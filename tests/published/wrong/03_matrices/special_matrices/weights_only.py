"""np.zeros((outputs, inputs)) and no bias."""

import numpy as np


def zero_layer(outputs, inputs):
    return np.zeros((outputs, inputs))
