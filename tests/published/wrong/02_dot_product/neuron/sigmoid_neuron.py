"""torch.sigmoid of the sum."""

import torch


def pre_activation_torch(w, x, b=0.0):
    return torch.sigmoid(w @ x + b)
