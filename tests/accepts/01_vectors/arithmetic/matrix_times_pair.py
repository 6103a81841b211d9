"""Linear combinations as one matrix product: columns times coefficients."""

import numpy as np


def _combine(x, a, y, b):
    return np.column_stack([a, b]) @ np.array([x, y], dtype=float)


def add(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if a.shape != b.shape:
        raise ValueError("different shapes")
    return _combine(1, a, 1, b)


def error(prediction, target):
    return _combine(1, prediction, -1, target)


def gradient_step(w, gradient, learning_rate):
    return _combine(1, w, -learning_rate, gradient)


def add_torch(a, b):
    if list(a.shape) != list(b.shape):
        raise ValueError("different shapes")
    return a.add(b)


def error_torch(prediction, target):
    return -(target - prediction)


def gradient_step_torch(w, gradient, learning_rate):
    import torch

    with torch.inference_mode():
        new = torch.lerp(w, w - gradient, learning_rate)
    return new.clone()
