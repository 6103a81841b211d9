"""The libraries' named functions, and detached weights instead of no_grad."""

import numpy as np


def add(a, b):
    a, b = np.array(a), np.array(b)
    if a.ndim != b.ndim or len(a) != len(b):
        raise ValueError(f"{a.shape} and {b.shape}")
    return np.add(a, b, dtype=np.float64)


def error(prediction, target):
    return np.subtract(prediction, target, dtype=np.float64)


def gradient_step(w, gradient, learning_rate):
    return np.subtract(w, np.multiply(learning_rate, gradient))


def add_torch(a, b):
    import torch

    if a.dim() != b.dim() or a.numel() != b.numel():
        raise ValueError(f"{tuple(a.shape)} and {tuple(b.shape)}")
    return torch.add(a, b)


def error_torch(prediction, target):
    import torch

    return torch.sub(prediction, target)


def gradient_step_torch(w, gradient, learning_rate):
    import torch

    return torch.sub(w.detach(), gradient, alpha=learning_rate)
