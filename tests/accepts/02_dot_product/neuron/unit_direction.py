"""The bias as one more weight on a constant input, and the projection along a unit vector."""

import numpy as np


def pre_activation(w, x, b=0.0):
    return np.dot(np.append(w, b), np.append(x, 1.0))


def projection(x, w):
    length = np.linalg.norm(w)
    unit = np.divide(w, length, out=np.zeros(w.shape), where=length > 0)
    return np.inner(x, unit) * unit


def update(w, x, eta):
    new = w.astype(float)
    new += np.multiply(eta, x)
    return new


def pre_activation_torch(w, x, b=0.0):
    import torch

    return torch.nn.functional.linear(x, w[None], torch.tensor([b]))[0]


def projection_torch(x, w):
    import torch

    unit = torch.nn.functional.normalize(w, dim=0)
    return torch.dot(x, unit) * unit


def update_torch(w, x, eta):
    import torch

    return torch.add(w, x, alpha=eta)
