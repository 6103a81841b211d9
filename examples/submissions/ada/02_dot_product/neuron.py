import numpy as np
import torch


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
    return torch.dot(w, x) + b


def projection_torch(x, w):
    square = torch.dot(w, w)
    if square == 0:
        return torch.zeros_like(w)
    return torch.dot(x, w) / square * w


def update_torch(w, x, eta):
    return torch.add(w, x, alpha=eta)
