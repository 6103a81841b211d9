"""Sends raw pixels through a network trained on scaled ones."""

import numpy as np


def predict(images, W1, b1, W2, b2):
    X = images.reshape(len(images), -1).astype(float)
    return np.argmax(np.maximum(X @ W1.T + b1, 0) @ W2.T + b2, axis=1)
