"""np.multiply and np.add.reduce with a dtype; array code in the old style."""

import numpy as np


def magnitude(v):
    return float(np.sqrt(np.add.reduce(np.multiply(v, v, dtype=np.float64))))

def row_magnitudes(X):
    return np.sqrt(np.add.reduce(np.multiply(X, X, dtype=np.float64), axis=-1))
