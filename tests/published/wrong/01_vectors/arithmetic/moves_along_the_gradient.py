"""Adds the scaled gradient, since the caller was to pass a negative step; a textbook."""

import numpy as np


def gradient_step(w, gradient, learning_rate):
    step = [learning_rate * g for g in gradient]
    return np.array([x + s for x, s in zip(w, step)], dtype=float)
