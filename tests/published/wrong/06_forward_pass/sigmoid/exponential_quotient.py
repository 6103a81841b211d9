"""exp(z) / (1 + exp(z)), a statistician's form."""

import numpy as np


def sigmoid(z):
    with np.errstate(invalid="ignore", over="ignore"):
        e = np.exp(z)
        return e / (1.0 + e)
