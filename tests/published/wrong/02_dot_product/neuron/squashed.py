"""A neuron class whose output goes through the sigmoid at once."""

import numpy as np


def pre_activation(w, x, b=0.0):
    total = np.dot(w, x) + b
    return float(1 / (1 + np.exp(-total)))
