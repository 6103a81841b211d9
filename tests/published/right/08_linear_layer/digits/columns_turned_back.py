"""Samples in columns inside, rows at both ends."""

import numpy as np


def logits(X, W1, b1, W2, b2):
    A1 = np.maximum(np.dot(W1, X.T) + b1.reshape(-1, 1), 0)
    return (np.dot(W2, A1) + b2.reshape(-1, 1)).T

def features(images):
    return np.array([image.flatten() for image in images], dtype=float) / 16
