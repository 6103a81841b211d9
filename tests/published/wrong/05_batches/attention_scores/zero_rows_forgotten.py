"""Unit rows and a product, with 0 / 0 for padding."""

import numpy as np


def cosine_table(X, Y):
    Xn = X / np.linalg.norm(X, axis=-1, keepdims=True)
    Yn = Y / np.linalg.norm(Y, axis=-1, keepdims=True)
    return np.matmul(Xn, np.swapaxes(Yn, -1, -2))
