"""Returns softmax of the outputs, as most forward functions do."""

import numpy as np


def logits(X, W1, b1, W2, b2):
    Z2 = np.maximum(X @ W1.T + b1, 0) @ W2.T + b2
    e = np.exp(Z2 - np.max(Z2, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)
