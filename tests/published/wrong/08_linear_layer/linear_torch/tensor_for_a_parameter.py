"""layer.weight = torch.tensor(W), the line of a forum's first question."""

import torch


def copy_weights(layer, W, b):
    if W.shape != tuple(layer.weight.shape) or b.shape != tuple(layer.bias.shape):
        raise ValueError("wrong shape")
    layer.weight = torch.tensor(W, dtype=torch.float32)
    layer.bias = torch.tensor(b, dtype=torch.float32)
