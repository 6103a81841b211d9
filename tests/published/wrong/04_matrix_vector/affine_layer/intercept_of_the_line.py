"""-b / w[0], to draw the decision line in a plot."""

import numpy as np


def boundary(w, b):
    if not np.any(w):
        raise ValueError("no boundary")
    return float(-b / w[0]) if w[0] != 0 else float("inf")
