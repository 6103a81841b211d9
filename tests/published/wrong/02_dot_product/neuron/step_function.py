"""The perceptron's activate: 1 above zero, 0 otherwise."""

import numpy as np


def pre_activation(w, x, b=0.0):
    return 1 if np.dot(w, x) + b > 0 else 0
