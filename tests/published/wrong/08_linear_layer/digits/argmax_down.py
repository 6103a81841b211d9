"""np.argmax(A2, 0), for outputs in rows."""

import numpy as np


def predict(images, W1, b1, W2, b2):
    X = images.reshape(len(images), -1) / 16.0
    return np.argmax(np.maximum(X @ W1.T + b1, 0) @ W2.T + b2, 0)
