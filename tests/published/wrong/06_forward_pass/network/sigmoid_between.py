"""Sigmoid between the layers; networks of an older kind."""

import numpy as np


def check(layers, X):
    arriving = X.shape[1]
    for W, b in layers:
        if W.shape[1] != arriving or b.shape != (len(W),):
            raise ValueError("the layers do not fit")
        arriving = len(W)

def forward(layers, X):
    check(layers, X)
    for W, b in layers[:-1]:
        X = 1 / (1 + np.exp(-(X @ W.T + b)))
    W, b = layers[-1]
    return X @ W.T + b
