"""Loops over entries, collected in lists."""

import numpy as np


def pre_activation(w, x, b=0.0):
    z = b
    for weight, value in zip(w, x, strict=True):
        z += float(weight) * float(value)
    return z


def projection(x, w):
    along = sum(float(p) * float(q) for p, q in zip(x, w, strict=True))
    squared = sum(float(q) ** 2 for q in w)
    if squared == 0:
        return np.zeros(len(w))
    return np.array([along / squared * float(q) for q in w])


def update(w, x, eta):
    new = []
    for i in range(len(w)):
        new.append(w[i] + eta * x[i])
    return np.array(new)


def pre_activation_torch(w, x, b=0.0):
    total = w.new_tensor(b)
    for i in range(len(w)):
        total = total + w[i] * x[i]
    return total


def projection_torch(x, w):
    import torch

    if not w.any():
        return torch.zeros_like(w)
    return w * pre_activation_torch(w, x) / pre_activation_torch(w, w)


def update_torch(w, x, eta):
    import torch

    return torch.stack([w[i] + eta * x[i] for i in range(len(w))])
