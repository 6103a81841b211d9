import numpy as np


def add(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if a.shape != b.shape:
        raise ValueError("shapes differ")
    return a + b


def error(prediction, target):
    return prediction.astype(float) - target.astype(float)


def gradient_step(w, gradient, learning_rate):
    return w + (-learning_rate) * gradient.astype(float)


def add_torch(a, b):
    import torch

    if a.shape != b.shape:
        raise ValueError("shapes differ")
    return torch.add(a, b)


def error_torch(prediction, target):
    import torch

    return torch.sub(prediction, target)


def gradient_step_torch(w, gradient, learning_rate):
    return w.detach() - learning_rate * gradient.detach()
