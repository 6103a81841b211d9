"""Columns inside, rows outside: turned at both ends."""

import numpy as np


def check(layers, X):
    arriving = X.shape[1]
    for W, b in layers:
        if W.shape[1] != arriving or b.shape != (len(W),):
            raise ValueError("the layers do not fit")
        arriving = len(W)

def forward(layers, X):
    check(layers, X)
    A = X.T
    for k, (W, b) in enumerate(layers):
        A = W @ A + b[:, np.newaxis]
        if k < len(layers) - 1:
            A = np.maximum(A, 0)
    return A.T
