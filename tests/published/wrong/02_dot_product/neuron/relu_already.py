"""max(0, ...) too early."""

import torch


def pre_activation(w, x, b=0.0):
    return float(max(0.0, w @ x + b))


def pre_activation_torch(w, x, b=0.0):
    return torch.relu(w @ x + b)
