"""The loop alone; what NumPy accepts is run."""

import numpy as np


def forward(layers, X):
    for k, (W, b) in enumerate(layers):
        X = np.dot(X, W.T) + b
        if k + 1 < len(layers):
            X = np.maximum(X, 0)
    return X
