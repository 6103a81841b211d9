"""Sets lengths of zero to one before dividing; the commonest right way."""

import numpy as np


def unit_rows(X):
    norms = np.linalg.norm(X, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    return X / norms
