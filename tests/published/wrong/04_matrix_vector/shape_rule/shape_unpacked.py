"""nn.Linear(*shape)."""

import torch


def linear_layer(shape):
    return torch.nn.Linear(*shape)
