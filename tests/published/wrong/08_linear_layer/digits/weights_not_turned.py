"""X @ W1 + b1, for weights stored as (in, out)."""

import numpy as np


def logits(X, W1, b1, W2, b2):
    A1 = np.maximum(0, np.dot(X, W1) + b1)
    return np.dot(A1, W2) + b2
