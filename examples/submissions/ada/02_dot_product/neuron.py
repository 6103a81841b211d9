import numpy as np


def pre_activation(w, x, b=0.0):
    return float(np.dot(w, x)) + b


def projection(x, w):
    square = np.dot(w, w)
    if square == 0:
        return np.zeros(len(w))
    return np.dot(x, w) / square * w


def update(w, x, eta):
    return np.add(w, eta * x)


def pre_activation_torch(w, x, b=0.0):
    import torch

    return torch.dot(w, x) + b


def projection_torch(x, w):
    import torch

    square = torch.dot(w, w)
    if square == 0:
        return torch.zeros_like(w)
    return torch.dot(x, w) / square * w


def update_torch(w, x, eta):
    import torch

    return torch.add(w, x, alpha=eta)
