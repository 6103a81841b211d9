"""The projection as a matrix, the update as an optimizer's step."""

import numpy as np


def pre_activation(w, x, b=0.0):
    return np.sum(w * x) + b


def projection(x, w):
    return np.outer(w, w) @ x / max(w @ w, 1e-300)


def update(w, x, eta):
    return np.stack([w, x], axis=1) @ np.array([1.0, eta])


def pre_activation_torch(w, x, b=0.0):
    return (w * x).sum() + b


def projection_torch(x, w):
    import torch

    matrix = torch.outer(w, w) / torch.clamp(w @ w, min=1e-30)
    return matrix @ x


def update_torch(w, x, eta):
    import torch

    parameter = torch.nn.Parameter(w.clone())
    torch.neg(parameter @ x).backward()
    with torch.no_grad():
        return parameter.sub(parameter.grad, alpha=eta)
