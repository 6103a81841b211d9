"""W1 X + b1 with samples in columns, and the result left so."""

import numpy as np


def logits(X, W1, b1, W2, b2):
    A1 = np.maximum(W1 @ X.T + b1[:, None], 0)
    return W2 @ A1 + b2[:, None]
