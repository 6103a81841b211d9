"""argmax(axis=0)."""

import numpy as np


def predict(images, W1, b1, W2, b2):
    x = images.reshape(len(images), -1) / 16.0
    z = np.maximum(x @ W1.T + b1, 0) @ W2.T + b2
    return np.argmax(z, axis=0)
