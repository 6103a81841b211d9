"""Scales the weights back to length one after the step; a self-organizing map."""

import numpy as np


def update(w, x, eta):
    new = w + eta * x
    length = np.linalg.norm(new)
    return new / length if length else new
