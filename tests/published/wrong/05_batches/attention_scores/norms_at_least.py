"""np.maximum(norm, 1e-8), a clamp that short rows feel."""

import numpy as np


def cosine_table(X, Y):
    Xn = X / np.maximum(np.linalg.norm(X, axis=-1, keepdims=True), 1e-8)
    Yn = Y / np.maximum(np.linalg.norm(Y, axis=-1, keepdims=True), 1e-8)
    return Xn @ np.swapaxes(Yn, -1, -2)
