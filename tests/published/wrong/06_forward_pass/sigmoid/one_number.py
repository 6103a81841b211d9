"""math.exp, for one neuron."""

import math


def sigmoid(z):
    return 1.0 / (1.0 + math.exp(-z))
