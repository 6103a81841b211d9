"""Hebb's rule: the step is scaled by the response; a neuroscience script."""

import numpy as np


def update(w, x, eta):
    y = np.dot(w, x)
    return w + eta * y * x
