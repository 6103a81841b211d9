"""Loops over components."""

import numpy as np


def add(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("the vectors must have the same shape")
    return np.array([float(x) + float(y) for x, y in zip(a, b, strict=True)])


def error(prediction, target):
    result = np.empty(len(prediction))
    for i in range(len(prediction)):
        result[i] = float(prediction[i]) - float(target[i])
    return result


def gradient_step(w, gradient, learning_rate):
    return np.array([x - learning_rate * g for x, g in zip(w, gradient, strict=True)])


def add_torch(a, b):
    import torch

    if a.size() != b.size():
        raise ValueError("the vectors must have the same size")
    return torch.stack([x + y for x, y in zip(a, b, strict=True)])


def error_torch(prediction, target):
    import torch

    result = torch.zeros_like(prediction)
    for i, (p, t) in enumerate(zip(prediction, target, strict=True)):
        result[i] = p - t
    return result


def gradient_step_torch(w, gradient, learning_rate):
    import torch

    steps = zip(w.tolist(), gradient.tolist(), strict=True)
    return torch.tensor([x - learning_rate * g for x, g in steps])
