"""np.append, taken for addition; a beginner's question."""

import numpy as np


def add(a, b):
    return np.append(np.asarray(a, dtype=float), b)
