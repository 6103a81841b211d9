"""1e-8 beside each norm; a retrieval library."""

import numpy as np


def cosine_table(X, Y):
    Xn = X / (np.linalg.norm(X, axis=-1, keepdims=True) + 1e-8)
    Yn = Y / (np.linalg.norm(Y, axis=-1, keepdims=True) + 1e-8)
    return Xn @ np.swapaxes(Yn, -1, -2)
